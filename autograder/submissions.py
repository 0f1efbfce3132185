"""Reading a folder of submissions: whose they are, and their files, within bounds."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from autograder.grading import Submission

MOST_BYTES = 8 << 20
MOST_FILES = 200
MOST_DEPTH = 6


class Unreadable(Exception):
    """A submission cannot be read; the message is a sentence for its author."""


@dataclass(frozen=True)
class Handed:
    """Something that was handed in: a student's folder."""

    student: str
    path: Path


def handed_in(folder: Path, assignment: str = "all") -> list[Handed]:
    """What lies in a folder of submissions, by student.

    Each student's folder holds ``course/`` itself, or, as nbgrader keeps it, a folder of the
    assignment's name that does.
    """
    found = []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            nested = entry / assignment
            inner = nested if assignment != "all" and nested.is_dir() else entry
            found.append(Handed(entry.name, inner))
    return found


def read_submission(handed: Handed) -> Submission:
    """The Python files under ``course/`` of one submission.

    Raises
    ------
    Unreadable
        If there is no ``course/``, or it holds links, devices, too many or too large files, or
        names that are not text.
    """
    course = handed.path / "course"
    if course.is_symlink():
        raise Unreadable("course is a link; hand in the folder itself.")
    if not course.is_dir():
        raise Unreadable("There is no folder course/ in the submission.")
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for folder, folders, names in os.walk(course, followlinks=False):
        depth = len(Path(folder).relative_to(course).parts)
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        if depth > MOST_DEPTH:
            raise Unreadable(f"course/ is nested more than {MOST_DEPTH} folders deep.")
        for name in folders:
            if (Path(folder) / name).is_symlink():
                raise Unreadable(f"{_shown(name)} is a link; hand in the folder itself.")
        for name in sorted(names):
            path = Path(folder) / name
            if not name.endswith(".py"):
                continue
            content = _content(path, left)
            left -= len(content)
            files["course/" + path.relative_to(course).as_posix()] = content
            if len(files) > MOST_FILES:
                raise Unreadable(f"course/ holds more than {MOST_FILES} Python files.")
    for path_name in files:
        try:
            path_name.encode("utf-8")
        except UnicodeEncodeError:
            raise Unreadable(f"The file name {_shown(path_name)} is not UTF-8 text.") from None
    return Submission(handed.student, files)


def _content(path: Path, left: int) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise Unreadable(f"{_shown(path.name)} is a link or cannot be opened.") from None
    with os.fdopen(descriptor, "rb") as file:
        kind = os.fstat(file.fileno())
        if not stat.S_ISREG(kind.st_mode):
            raise Unreadable(f"{_shown(path.name)} is not an ordinary file.")
        content = file.read(left + 1)
    if len(content) > left:
        raise Unreadable(f"course/ holds more than {MOST_BYTES >> 20} MiB of Python files.")
    return content


def _shown(name: str) -> str:
    kept = "".join(each if each.isprintable() else "?" for each in name)
    return repr(kept[:80])
