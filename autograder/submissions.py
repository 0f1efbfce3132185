"""Reading what was handed in: folders and zip files, within bounds, without unpacking anything."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.grading import Submission

MOST_BYTES = 8 << 20
MOST_FILES = 200
MOST_DEPTH = 6
MOST_ENTRIES = 10_000  # of any kind, in a folder or an archive


class Unreadable(Exception):
    """A submission cannot be read; the message is a sentence for its author."""


@dataclass(frozen=True)
class Handed:
    """Something that was handed in: a student's folder or zip file."""

    student: str
    path: Path


def handed_in(folder: Path, assignment: str = "all") -> list[Handed]:
    """What lies in a folder of submissions, by student.

    A student's folder holds ``course/`` itself or, as nbgrader keeps it, a folder of the
    assignment's name that does. A zip file is named for its student.
    """
    found: dict[str, Handed] = {}
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if entry.is_dir():
                nested = path / assignment
                there = assignment != "all" and nested.is_dir() and not entry.is_symlink()
                inner = nested if there else path
                found.setdefault(entry.name, Handed(entry.name, inner))
            elif path.suffix == ".zip":
                found.setdefault(path.stem, Handed(path.stem, path))
    return [found[student] for student in sorted(found)]


def read_submission(handed: Handed) -> Submission:
    """The Python files under ``course/`` of one submission.

    Raises
    ------
    Unreadable
        If there is no ``course/``, or it holds links, devices, too many or too large files, or
        names that are not text.
    """
    _text(handed.student)
    if handed.path.is_symlink():
        raise Unreadable("The submission is a link; hand in the folder itself.")
    pairs = _from_zip(handed.path) if handed.path.suffix == ".zip" else _from_folder(handed.path)
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for path, content in pairs:
        _text(path)
        left -= len(content)
        if left < 0:
            raise Unreadable(f"course/ holds more than {MOST_BYTES >> 20} MiB of Python files.")
        if len(files) == MOST_FILES:
            raise Unreadable(f"course/ holds more than {MOST_FILES} Python files.")
        files[path] = content
    return Submission(handed.student, files)


def _from_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    course = folder / "course"
    if course.is_symlink():
        raise Unreadable("course is a link; hand in the folder itself.")
    if not course.is_dir():
        raise Unreadable("There is no folder course/ in the submission.")
    entries = 0
    waiting = [(str(course), "course")]
    while waiting:
        place, name = waiting.pop(0)
        if name.count("/") > MOST_DEPTH:
            raise Unreadable(f"course/ is nested more than {MOST_DEPTH} folders deep.")
        with os.scandir(place) as found:
            for entry in found:
                entries += 1
                if entries > MOST_ENTRIES:
                    raise Unreadable(f"course/ holds more than {MOST_ENTRIES} files and folders.")
                inner = f"{name}/{entry.name}"
                if entry.is_symlink() and (entry.name.endswith(".py") or entry.is_dir()):
                    raise Unreadable(f"{_shown(inner)} is a link; hand in the file itself.")
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in ("__pycache__", ".ipynb_checkpoints"):
                        waiting.append((entry.path, inner))
                elif entry.name.endswith(".py"):
                    yield inner, _content(entry.path, inner)


def _content(place: str, name: str) -> bytes:
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise Unreadable(f"{_shown(name)} cannot be opened.") from None
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        kind = os.fstat(descriptor)
        if not stat.S_ISREG(kind.st_mode):
            raise Unreadable(f"{_shown(name)} is not an ordinary file.")
        if kind.st_nlink > 1:  # it may be somebody else's, and not even theirs to read
            raise Unreadable(f"{_shown(name)} is another name of a file; hand in a copy.")
        if kind.st_size > MOST_BYTES:
            raise Unreadable(f"{_shown(name)} is larger than {MOST_BYTES >> 20} MiB.")
        return file.read(MOST_BYTES + 1)


def _from_zip(archive: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
            if len(entries) > MOST_ENTRIES:
                raise Unreadable(f"The archive holds more than {MOST_ENTRIES} entries.")
            for entry in entries:
                path = PurePosixPath(entry.filename)
                if ".." in path.parts or path.is_absolute() or "\\" in entry.filename:
                    raise Unreadable(f"{_shown(entry.filename)} leads out of the archive.")
            inside = _course_prefix(entries)
            for entry in entries:
                path = PurePosixPath(entry.filename)
                if not entry.filename.startswith(inside) or path.suffix != ".py":
                    continue
                if stat.S_ISLNK(entry.external_attr >> 16):
                    raise Unreadable(f"{_shown(entry.filename)} is a link; hand in the file.")
                name = "course/" + entry.filename.removeprefix(inside)
                if name.count("/") - 1 > MOST_DEPTH:
                    raise Unreadable(f"course/ is nested more than {MOST_DEPTH} folders deep.")
                with opened.open(entry) as file:
                    yield name, file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise Unreadable("The zip file is damaged, encrypted or of an unknown kind.") from None
    except OSError:
        raise Unreadable("The zip file cannot be opened.") from None


def _course_prefix(entries: list[zipfile.ZipInfo]) -> str:
    """The path of ``course/`` in an archive, which may lie in folders of its own."""
    found = set()
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        if "course" in parts[:3] and "__MACOSX" not in parts:
            found.add("/".join(parts[: parts.index("course") + 1]) + "/")
    if not found:
        raise Unreadable("There is no folder course/ in the archive.")
    if len(found) > 1:
        raise Unreadable("There are several folders course/ in the archive; hand in one.")
    return found.pop()


def _text(name: str) -> None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable(f"The name {_shown(name)} is not UTF-8 text.") from None


def _shown(name: str) -> str:
    kept = "".join(each if each.isprintable() else "?" for each in name)
    return repr(kept[:80])
