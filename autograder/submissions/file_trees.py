"""What was handed in as a tree of names, in a folder or (see `archives`) in a zip file."""

import io
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from functools import cached_property
from typing import Protocol

MAX_BYTES = 8 << 20
MAX_ENTRIES = 10_000  # of any kind, in one folder or one archive
LEFT_BY_SYSTEMS = (
    *("__MACOSX", "__pycache__"),
    *("submission_secret.txt", "timestamp.txt"),  # left by nbgrader
)


class Unreadable(Exception):
    """A submission cannot be read; the message is a sentence for its author."""


class EntryKind(Enum):
    """What a name stands for."""

    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    OTHER = auto()


class Node(Protocol):
    """A name in a tree.

    Attributes
    ----------
    path : str
        From the top, with forward slashes; the top's own is empty.
    kind : EntryKind
        What it is; links are not followed.
    """

    path: str
    kind: EntryKind

    @property
    def children(self) -> Mapping[str, "Node"]:
        """What a folder holds, by name and in the order of the names.

        What systems leave behind is passed over: hidden files, ``__MACOSX``, ``__pycache__``.
        """

    def content(self, max_bytes: int = MAX_BYTES) -> bytes:
        """The bytes of a file: so many at most."""


class OnDisk:
    """A file or folder of the file system."""

    def __init__(self, place: str, path: str = "", kind: EntryKind = EntryKind.FOLDER) -> None:
        self.place, self.path, self.kind = place, path, kind

    @cached_property
    def children(self) -> Mapping[str, Node]:
        """See `Node`."""
        found: dict[str, Node] = {}
        with os.scandir(self.place) as entries:
            for number, entry in enumerate(entries):
                if number == MAX_ENTRIES:
                    raise Unreadable(too_many(self.path or "The submission"))
                if not is_left_by_systems(entry.name):
                    path = joined(self.path, entry.name)
                    found[entry.name] = OnDisk(entry.path, path, _kind(entry))
        return dict(sorted(found.items()))

    def content(self, max_bytes: int = MAX_BYTES) -> bytes:
        """See `Node`."""
        with opened(self.place, self.path) as file:
            if os.fstat(file.fileno()).st_size > max_bytes:
                raise Unreadable(too_large(self.path, max_bytes))
            return file.read(max_bytes + 1)


class Loose:
    """Files that lie beside those of others, as the top of a tree of their own.

    Parameters
    ----------
    files : mapping
        Where each lies, by the name that it was handed in with.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self.path, self.kind = "", EntryKind.FOLDER
        self.children: Mapping[str, Node] = {
            name: OnDisk(place, name, EntryKind.LINK if os.path.islink(place) else EntryKind.FILE)
            for name, place in sorted(files.items())
        }

    def content(self, max_bytes: int = MAX_BYTES) -> bytes:
        """See `Node`."""
        raise IsADirectoryError


@contextmanager
def opened(place: str, path: str, kind: type[io.FileIO] = io.FileIO) -> Iterator[io.FileIO]:
    """An ordinary file that has no other name, open for reading; links are not followed."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(place, flags)
    except OSError:
        raise Unreadable(f"{shown(path)} cannot be opened.") from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise Unreadable(f"{shown(path)} is not an ordinary file.")
    with kind(descriptor) as file:
        if found.st_nlink > 1:  # it may be somebody else's, and not even theirs to read
            raise Unreadable(f"{shown(path)} is another name of a file; hand in a copy.")
        yield file


def is_left_by_systems(name: str) -> bool:
    """Whether a name is of what systems leave behind, and nobody hands in."""
    return name.startswith(".") or name in LEFT_BY_SYSTEMS


def too_many(what: str) -> str:
    """The sentence about a folder or archive that holds too much."""
    return f"{what} holds more than {MAX_ENTRIES:,} files and folders; hand in only course/."


def too_large(path: str, max_bytes: int = MAX_BYTES) -> str:
    """The sentence about a file that is too large."""
    return f"{shown(path)} is larger than {max_bytes >> 20} MiB."


def levels(top: Node, depth: int) -> Iterator[list[Node]]:
    """What is in a tree, level by level: the top itself first, then what it holds, and so on.

    Raises
    ------
    Unreadable
        If there are too many names.
    """
    level, seen = [top], 0
    for _ in range(depth):
        yield level
        below = [
            inner
            for folder in level
            if folder.kind is EntryKind.FOLDER
            for inner in folder.children.values()
        ]
        seen += len(below)
        if seen > MAX_ENTRIES:
            raise Unreadable(too_many("The submission"))
        level = below
    yield level


def shown(name: str) -> str:
    """A name in quotes, without what cannot be printed."""
    kept = "".join(letter if letter.isprintable() else "?" for letter in name)
    return repr(kept[:80])


def _kind(entry: os.DirEntry[str]) -> EntryKind:
    if entry.is_symlink():
        return EntryKind.LINK
    if entry.is_dir(follow_symlinks=False):
        return EntryKind.FOLDER
    return EntryKind.FILE if entry.is_file(follow_symlinks=False) else EntryKind.OTHER


def joined(folder: str, name: str) -> str:
    """The path of a name in a folder; the top's own path is empty."""
    return f"{folder}/{name}" if folder else name
