"""The learner's modules in one submission, wherever in it they are.

What learners hand in is not always as it should be: ``course`` is some folders deeper, or its
modules are there without it. Where it is plain which modules are meant, they are read; where it is
not, a sentence says what was found.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from autograder.exercises.manifest import MODULES
from autograder.submissions.archives import archive
from autograder.submissions.file_trees import (
    MAX_BYTES,
    MAX_ENTRIES,
    EntryKind,
    Loose,
    Node,
    OnDisk,
    Unreadable,
    shown,
    too_many,
)
from autograder.submissions.submission import Submission

MAX_NAMED = 3  # names in a sentence
MAX_FILES = 200
MAX_DEPTH = 6  # of folders in course/
MAX_LETTERS = 255  # bytes of UTF-8, of one name: file systems take no more
MAX_ABOVE = 3  # folders that course/ may lie in
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


def names_in_words(names: Sequence[str]) -> str:
    """Some names as part of a sentence.

    Examples
    --------
    >>> names_in_words(["a"]), names_in_words(["a", "b", "c", "d", "e"])
    ("'a'", "'a', 'b', 'c' and 2 more")
    """
    first = [shown(each) for each in names[:MAX_NAMED]]
    if len(names) > MAX_NAMED:
        return f"{', '.join(first)} and {len(names) - MAX_NAMED} more"
    return " and ".join([", ".join(first[:-1]), first[-1]]) if len(first) > 1 else first[0]


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
        if each.kind is EntryKind.FILE and name.lower().endswith(".zip")
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
        names = names_in_words([f"{each.path}/" for each in candidates])
        raise Unreadable(f"The modules may be those in {names}; hand in one folder course/.")
    holds = names_in_words(list(top.children)) if top.children else "nothing"
    raise Unreadable(f"There is no folder course/ in the submission; it holds {holds}. {HAND_IN}")


def _candidates(top: Node) -> list[Node]:
    """The folders that may be meant, all at one level: the uppermost that will do.

    Those called course that hold a module of the course; else those called course; else those that
    hold a module of the course.
    """
    empty: list[Node] = []
    bare: list[Node] = []
    level, seen = [top], 0
    for _ in range(MAX_ABOVE + 1):
        bare = bare or [each for each in level if holds_modules(each)]
        below = [inner for each in level for inner in each.children.values()]
        seen += len(below)
        if seen > MAX_ENTRIES:
            raise Unreadable(too_many("The submission"))
        named = [each for each in below if _name(each).lower() == "course"]
        for each in named:
            if each.kind is EntryKind.LINK:
                raise Unreadable("course is a link; hand in the folder itself.")
        courses = [each for each in named if each.kind is EntryKind.FOLDER]
        if full := [each for each in courses if holds_modules(each)]:
            return full
        empty = empty or courses
        level = [each for each in below if each.kind is EntryKind.FOLDER]
    return empty or bare


def holds_modules(folder: Node) -> bool:
    return any(
        name.removesuffix(".py") in MODULES
        and (name.endswith(".py") or each.kind is EntryKind.FOLDER)
        for name, each in folder.children.items()
    )


def _python_files(course: Node) -> dict[str, bytes]:
    """Content by path under ``course/``."""
    files: dict[str, bytes] = {}
    left, seen = MAX_BYTES, 0
    waiting: list[tuple[str, Node]] = [("course", course)]
    while waiting:
        path, folder = waiting.pop(0)
        if path.count("/") > MAX_DEPTH:
            raise Unreadable(f"course/ is nested more than {MAX_DEPTH} folders deep.")
        for name, each in folder.children.items():
            inner, is_python = f"{path}/{name}", name.endswith(".py")
            seen += 1
            if seen > MAX_ENTRIES:
                raise Unreadable(too_many("course/"))
            if each.kind is EntryKind.LINK and (is_python or "." not in name):
                raise Unreadable(f"{shown(inner)} is a link; hand in the file itself.")
            if each.kind is EntryKind.FOLDER:
                waiting.append((inner, each))
            elif is_python:
                _refuse_name(inner)
                if len(files) == MAX_FILES:
                    raise Unreadable(f"course/ holds more than {MAX_FILES} Python files.")
                files[inner] = each.content()
                left -= len(files[inner])
                if left < 0:
                    most = MAX_BYTES >> 20
                    raise Unreadable(f"course/ holds more than {most} MiB of Python files.")
    return files


def _refuse_name(name: str) -> None:
    """Refuse what cannot be the path of a file on every system."""
    try:
        parts = name.encode("utf-8").split(b"/")
    except UnicodeEncodeError:
        raise Unreadable(f"The name {shown(name)} is not UTF-8 text.") from None
    if max(map(len, parts)) > MAX_LETTERS:
        raise Unreadable(f"The name {shown(name)} is too long: {MAX_LETTERS} bytes at most.")


def _name(node: Node) -> str:
    return node.path.rpartition("/")[2]
