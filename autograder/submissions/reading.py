"""The learner's modules in one submission, wherever in it they are.

What learners hand in is not always as it should be: ``course`` is some folders deeper, or its
modules are there without it. Where it is plain which modules are meant, they are read; where it is
not, a sentence says what was found.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from autograder.exercises.manifest import MODULES
from autograder.submissions.archives import archive, unpacked
from autograder.submissions.file_trees import (
    MAX_BYTES,
    MAX_ENTRIES,
    EntryKind,
    Loose,
    Node,
    OnDisk,
    Unreadable,
    levels,
    shown,
    too_many,
)
from autograder.submissions.look_alikes import notes_on
from autograder.submissions.platforms import label_of
from autograder.submissions.roster import Person
from autograder.submissions.submission import Note, Submission

MAX_NAMED = 3  # names in a sentence
MAX_FILES = 200
MAX_DEPTH = 6  # of folders in course/
MAX_LETTERS = 255  # bytes of UTF-8, of one name: file systems take no more
MAX_ABOVE = 3  # folders that course/ may lie in
MAX_TREES = 3  # a zip file in a zip file is still plain
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
    notes : tuple of Note
        What a person should know of what is beside it.
    platform, number : str
        The learning platform that named the files, and its number of the learner; else empty.
    name, section : str
        The learner's full name and section, where they are known.
    when : str
        When it was handed in, as far as the platform's name of it tells.
    """

    student: str
    path: Path
    files: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""
    notes: tuple[Note, ...] = ()
    platform: str = ""
    number: str = ""
    name: str = ""
    section: str = ""
    when: str = ""

    @property
    def person(self) -> Person:
        """The learner."""
        return Person(self.student, self.name, self.number, self.section, self.platform)


def names_in_words(names: Sequence[str]) -> str:
    """Some names as part of a sentence.

    Examples
    --------
    >>> names_in_words(["a"]), names_in_words(["a", "b", "c", "d", "e"])
    ("'a'", "'a', 'b', 'c' and 2 more")
    """
    first = [shown(name) for name in names[:MAX_NAMED]]
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
    with opened_trees(handed) as trees:
        course = _course(trees[-1])
        files = _python_files(course)
        notes = (*handed.notes, *notes_on(trees, course, files))
    return Submission(handed.student, files, notes)


@contextmanager
def opened_trees(handed: Handed) -> Iterator[list[Node]]:
    """The tree of a submission, and of the zip file in it, and so on, where that is all there is.

    The modules are in the last; the notebook may be beside a zip file.
    """
    with ExitStack() as opened:
        top: Node
        if handed.files:
            top = Loose(handed.files)
        elif handed.path.is_dir():
            top = OnDisk(str(handed.path))
        else:
            top = opened.enter_context(archive(str(handed.path)))
        trees = [top]
        while len(trees) < MAX_TREES and (packed := _only_zip(trees[-1])) is not None:
            trees.append(opened.enter_context(unpacked(packed)))
        yield trees


def _only_zip(top: Node) -> Node | None:
    """The zip file that must be meant: there are no modules, and no other zip file beside it."""
    if _candidates(top):
        return None
    for level in levels(top, MAX_ABOVE + 1):
        zips = [node for node in level if node.kind is EntryKind.FILE and is_zip(_name(node))]
        if zips:
            return zips[0] if len(zips) == 1 else None
    return None


def is_zip(name: str) -> bool:
    """Whether a file calls itself a zip file."""
    return name.lower().endswith(".zip")


def _course(top: Node) -> Node:
    """The folder of the learner's modules."""
    candidates = _candidates(top)
    if len(candidates) == 1:
        return candidates[0]
    labelled = [
        name
        for name, node in top.children.items()
        if label_of(name, is_folder=node.kind is EntryKind.FOLDER)
    ]
    if labelled:
        raise Unreadable(
            f"This is what a learning platform packed for all, such as {shown(labelled[0])}: "
            "unpack it, and name the folder."
        )
    if candidates:
        names = names_in_words([f"{candidate.path}/" for candidate in candidates])
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
    above: list[Node] = [top]
    for level in islice(levels(top, MAX_ABOVE + 1), 1, None):  # no deeper than it takes
        bare = bare or [node for node in above if holds_modules(node)]
        named = [node for node in level if _name(node).lower() == "course"]
        for node in named:
            if node.kind is EntryKind.LINK:
                raise Unreadable("course is a link; hand in the folder itself.")
        courses = [node for node in named if node.kind is EntryKind.FOLDER]
        if full := [node for node in courses if holds_modules(node)]:
            return full
        empty = empty or courses
        above = [node for node in level if node.kind is EntryKind.FOLDER]
    return empty or bare


def holds_modules(folder: Node) -> bool:
    return any(
        name.removesuffix(".py") in MODULES
        and (name.endswith(".py") or child.kind is EntryKind.FOLDER)
        for name, child in folder.children.items()
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
        for name, child in folder.children.items():
            inner, is_python = f"{path}/{name}", name.endswith(".py")
            seen += 1
            if seen > MAX_ENTRIES:
                raise Unreadable(too_many("course/"))
            if child.kind is EntryKind.LINK and (is_python or "." not in name):
                raise Unreadable(f"{shown(inner)} is a link; hand in the file itself.")
            if child.kind is EntryKind.FOLDER:
                waiting.append((inner, child))
            elif is_python:
                _refuse_name(inner)
                if len(files) == MAX_FILES:
                    raise Unreadable(f"course/ holds more than {MAX_FILES} Python files.")
                files[inner] = child.content()
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
