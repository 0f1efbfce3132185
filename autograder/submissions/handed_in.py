"""What lies in a folder of submissions, and the learner's modules in each of them.

Learners hand in folders and zip files, and what they hold is not always as it should be: ``course``
lies some folders deeper, or its modules lie about without it. Where it is plain which modules are
meant, they are read; where it is not, a sentence says what was found.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from autograder.exercises.manifest import LESSONS, MODULES
from autograder.grading.grade import Submission
from autograder.submissions.file_trees import (
    MOST_BYTES,
    MOST_ENTRIES,
    Kind,
    Loose,
    Node,
    OnDisk,
    Unreadable,
    archive,
    is_left_by_systems,
    shown,
    too_many,
)
from autograder.submissions.platform_names import is_online_text, label_of

MOST_FILES = 200
MOST_DEPTH = 6  # of folders in course/
MOST_LETTERS = 255  # bytes of UTF-8, of one name: file systems take no more
MOST_ABOVE = 3  # folders that course/ may lie in
MOST_NAMED = 3  # names in a sentence
LESSON_NAMES = frozenset(each.name for each in LESSONS)
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
NOTHING = "Nothing was handed in for this assignment."
HAND_IN = "Hand in the folder course/, as it is or as a zip file."


@dataclass(frozen=True)
class Handed:
    """Something that was handed in.

    Attributes
    ----------
    student : str
        Whose it is.
    path : Path
        The folder or zip file; of loose files, the folder in which all lie.
    files : mapping
        Loose files: where each lies, by the name that it was handed in with.
    refusal : str
        Why it cannot be read, as far as the look of it tells; else empty.
    """

    student: str
    path: Path
    files: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


# -- a folder of submissions ----------------------------------------------------------------------


def handed_in(folder: Path, assignment: str = "all") -> list[Handed]:
    """What lies in a folder of submissions, by student.

    A student's folder holds ``course/`` itself or, as nbgrader keeps it, a folder of the
    assignment's name that does. A zip file is named for its student. Names that a learning platform
    gave are taken apart; its number stays in the name where two learners have one name.
    """
    found: dict[tuple[str, str], list[tuple[str, os.DirEntry[str]]]] = {}
    for entry in _entries(folder):
        if (key := _whose(entry)) is not None:
            student, number, file = key
            found.setdefault((student, number), []).append((file, entry))
    names = Counter(student for student, _ in found)
    handed = []
    for (student, number), pieces in found.items():
        name = f"{student}_{number}" if number and names[student] > 1 else student
        if len(pieces) == 1:
            handed.append(_from_one(name, *pieces[0], assignment))
        else:
            handed.append(_from_several(name, pieces, together=bool(number)))
    return sorted(handed, key=lambda each: each.student)


def is_submission(folder: Path) -> bool:
    """Whether a folder is a single submission: its ``course/`` holds modules of the course."""
    try:
        return (folder / "course").is_dir() and _holds_modules(OnDisk(str(folder / "course")))
    except (OSError, Unreadable):
        return False


def passed_over(folder: Path) -> list[str]:
    """The names in a folder of submissions that are taken for nobody's."""
    return [_as_text(each.name) for each in _entries(folder) if _whose(each) is None]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(
            (each for each in entries if not is_left_by_systems(each.name)),
            key=lambda each: each.name,
        )


def _whose(entry: os.DirEntry[str]) -> tuple[str, str, str] | None:
    """Student, number and file name, or None for what is nobody's."""
    name, is_folder = _as_text(entry.name), entry.is_dir()
    stem, suffix = os.path.splitext(name)
    label = label_of(name, is_folder=is_folder)
    if label is not None:
        return label.student, label.number, label.file
    if is_folder:
        return None if is_online_text(name) else (name, "", "")
    stem = stem.removesuffix(".tar")
    return (stem, "", name) if suffix.lower() in (".zip", *OTHER_ARCHIVES) else None


def _from_one(student: str, file: str, entry: os.DirEntry[str], assignment: str) -> Handed:
    """What a single file or folder is as a submission."""
    path = Path(entry.path)
    if not entry.is_dir():
        is_zip = file.lower().endswith(".zip")
        return Handed(student, path) if is_zip else Handed(student, path.parent, {file: entry.path})
    if entry.is_symlink() or (path / "course").is_dir():
        return Handed(student, path)
    names = os.listdir(path)
    lessons = LESSON_NAMES.intersection(names)
    if assignment in lessons:
        return Handed(student, path / assignment)
    if lessons and assignment == "all":
        return Handed(student, path, refusal="It holds single lessons; name one by --assignment.")
    return Handed(student, path, refusal=NOTHING if lessons or not names else "")


def _from_several(
    student: str, pieces: Sequence[tuple[str, os.DirEntry[str]]], *, together: bool
) -> Handed:
    """What several files are as a submission; `together` if a platform says that they are one."""
    files = {file: entry.path for file, entry in pieces}
    folder = Path(pieces[0][1].path).parent
    if together and len(files) == len(pieces) and not any(each.is_dir() for _, each in pieces):
        return Handed(student, folder, files)
    names = _named([_as_text(entry.name) for _, entry in pieces])
    return Handed(student, folder, refusal=f"There are two submissions, {names}; keep one.")


# -- one submission -------------------------------------------------------------------------------


def read_submission(handed: Handed) -> Submission:
    """The Python files of one submission, each under ``course/``.

    Raises
    ------
    Unreadable
        If the modules are not there or may be in several places, or if there are links, devices,
        too many or too large files among them, or names that are not text.
    """
    if handed.refusal:
        raise Unreadable(handed.refusal)
    if handed.path.is_symlink():
        raise Unreadable("The submission is a link; hand in the folder itself.")
    with _top(handed) as top:
        return Submission(handed.student, _python_files(_course(top)))


@contextmanager
def _top(handed: Handed) -> Iterator[Node]:
    """The tree of a submission: of the zip file in it, where that is all there is."""
    if not handed.files and not handed.path.is_dir():
        with archive(str(handed.path)) as inside:
            yield inside
        return
    outside: Node = Loose(handed.files) if handed.files else OnDisk(str(handed.path))
    zips = [
        each
        for name, each in outside.children.items()
        if each.kind is Kind.FILE and name.lower().endswith(".zip")
    ]
    if len(zips) == 1 and isinstance(zips[0], OnDisk) and not _candidates(outside):
        with archive(zips[0].place, zips[0].path) as inside:
            yield inside
    else:
        yield outside


def _course(top: Node) -> Node:
    """The folder of the learner's modules."""
    candidates = _candidates(top)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        names = _named([f"{each.path}/" for each in candidates])
        raise Unreadable(f"The modules may be those in {names}; hand in one folder course/.")
    holds = _named(list(top.children)) if top.children else "nothing"
    raise Unreadable(f"There is no folder course/ in the submission; it holds {holds}. {HAND_IN}")


def _candidates(top: Node) -> list[Node]:
    """The folders that may be meant, all at one level: the uppermost that will do.

    Those called course that hold a module of the course; else those called course; else those that
    hold a module of the course.
    """
    empty: list[Node] = []
    bare: list[Node] = []
    level, seen = [top], 0
    for _ in range(MOST_ABOVE + 1):
        bare = bare or [each for each in level if _holds_modules(each)]
        below = [inner for each in level for inner in each.children.values()]
        seen += len(below)
        if seen > MOST_ENTRIES:
            raise Unreadable(too_many("The submission"))
        named = [each for each in below if _name(each).lower() == "course"]
        for each in named:
            if each.kind is Kind.LINK:
                raise Unreadable("course is a link; hand in the folder itself.")
        courses = [each for each in named if each.kind is Kind.FOLDER]
        if full := [each for each in courses if _holds_modules(each)]:
            return full
        empty = empty or courses
        level = [each for each in below if each.kind is Kind.FOLDER]
    return empty or bare


def _holds_modules(folder: Node) -> bool:
    return any(
        name.removesuffix(".py") in MODULES and (name.endswith(".py") or each.kind is Kind.FOLDER)
        for name, each in folder.children.items()
    )


def _python_files(course: Node) -> dict[str, bytes]:
    """Content by path under ``course/``."""
    files: dict[str, bytes] = {}
    left, seen = MOST_BYTES, 0
    waiting: list[tuple[str, Node]] = [("course", course)]
    while waiting:
        path, folder = waiting.pop(0)
        if path.count("/") > MOST_DEPTH:
            raise Unreadable(f"course/ is nested more than {MOST_DEPTH} folders deep.")
        for name, each in folder.children.items():
            inner, is_python = f"{path}/{name}", name.endswith(".py")
            seen += 1
            if seen > MOST_ENTRIES:
                raise Unreadable(too_many("course/"))
            if each.kind is Kind.LINK and (is_python or "." not in name):
                raise Unreadable(f"{shown(inner)} is a link; hand in the file itself.")
            if each.kind is Kind.FOLDER:
                waiting.append((inner, each))
            elif is_python:
                _refuse_name(inner)
                if len(files) == MOST_FILES:
                    raise Unreadable(f"course/ holds more than {MOST_FILES} Python files.")
                files[inner] = each.content()
                left -= len(files[inner])
                if left < 0:
                    most = MOST_BYTES >> 20
                    raise Unreadable(f"course/ holds more than {most} MiB of Python files.")
    return files


def _refuse_name(name: str) -> None:
    """Refuse what cannot be the path of a file on every system."""
    try:
        parts = name.encode("utf-8").split(b"/")
    except UnicodeEncodeError:
        raise Unreadable(f"The name {shown(name)} is not UTF-8 text.") from None
    if max(map(len, parts)) > MOST_LETTERS:
        raise Unreadable(f"The name {shown(name)} is too long: {MOST_LETTERS} bytes at most.")


def _name(node: Node) -> str:
    return node.path.rpartition("/")[2]


def _named(names: Sequence[str]) -> str:
    """Some names as part of a sentence.

    Examples
    --------
    >>> _named(["a"]), _named(["a", "b", "c", "d", "e"])
    ("'a'", "'a', 'b', 'c' and 2 more")
    """
    first = [shown(each) for each in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        return f"{', '.join(first)} and {len(names) - MOST_NAMED} more"
    return " and ".join([", ".join(first[:-1]), first[-1]]) if len(first) > 1 else first[0]


def _as_text(name: str) -> str:
    """A name of a file as text: bytes that are no UTF-8 are shown as such."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
