"""What is in a folder of submissions, by student."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from autograder.exercises.manifest import LESSONS
from autograder.submissions.file_trees import (
    OnDisk,
    Unreadable,
    is_left_by_systems,
)
from autograder.submissions.platform_names import is_online_text, label_of
from autograder.submissions.reading import Handed, holds_modules, names_in_words

LESSON_NAMES = frozenset(each.name for each in LESSONS)
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
NOTHING = "Nothing was handed in for this assignment."


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
        return (folder / "course").is_dir() and holds_modules(OnDisk(str(folder / "course")))
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
    names = names_in_words([_as_text(entry.name) for _, entry in pieces])
    return Handed(student, folder, refusal=f"There are two submissions, {names}; keep one.")


def _as_text(name: str) -> str:
    """A name of a file as text: bytes that are no UTF-8 are shown as such."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
