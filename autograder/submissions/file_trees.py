"""What was handed in as a tree of names, whether it lies in a folder or in a zip file.

Nothing is unpacked: the bytes that are asked for are read where they lie, within bounds.
"""

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Protocol

MOST_BYTES = 8 << 20
MOST_ENTRIES = 10_000  # of any kind, in one folder or one archive
MOST_PARTS = 12  # of a path in an archive: what lies deeper is of no use to anyone
MOST_AT_ONCE = 2 << 20  # bytes: the list of ten thousand names is shorter
CHUNK = 64 << 10
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # they bound their memory
ENCRYPTED = 0x1
LEFT_BY_SYSTEMS = (
    *("__MACOSX", "__pycache__"),
    *("submission_secret.txt", "timestamp.txt"),  # left by nbgrader
)
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(NotImplementedError, ValueError),  # one part of several; names that are no text
)


class Unreadable(Exception):
    """A submission cannot be read; the message is a sentence for its author."""


class Kind(Enum):
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
    kind : Kind
        What it is; links are not followed.
    """

    path: str
    kind: Kind

    @property
    def children(self) -> Mapping[str, "Node"]:
        """What a folder holds, by name and in the order of the names.

        What systems leave behind is passed over: hidden files, ``__MACOSX``, ``__pycache__``.
        """

    def content(self) -> bytes:
        """The bytes of a file: `MOST_BYTES` at most."""


class OnDisk:
    """A file or folder of the file system."""

    def __init__(self, place: str, path: str = "", kind: Kind = Kind.FOLDER) -> None:
        self.place, self.path, self.kind = place, path, kind

    @cached_property
    def children(self) -> Mapping[str, Node]:
        """See `Node`."""
        found: dict[str, Node] = {}
        with os.scandir(self.place) as entries:
            for number, entry in enumerate(entries):
                if number == MOST_ENTRIES:
                    raise Unreadable(too_many(self.path or "The submission"))
                if not is_left_by_systems(entry.name):
                    path = _joined(self.path, entry.name)
                    found[entry.name] = OnDisk(entry.path, path, _kind(entry))
        return dict(sorted(found.items()))

    def content(self) -> bytes:
        """See `Node`."""
        with opened(self.place, self.path) as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                raise Unreadable(too_large(self.path))
            return file.read(MOST_BYTES + 1)


class Loose:
    """Files that lie beside those of others, as the top of a tree of their own.

    Parameters
    ----------
    files : mapping
        Where each lies, by the name that it was handed in with.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self.path, self.kind = "", Kind.FOLDER
        self.children: Mapping[str, Node] = {
            name: OnDisk(place, name, Kind.LINK if os.path.islink(place) else Kind.FILE)
            for name, place in sorted(files.items())
        }

    def content(self) -> bytes:
        """See `Node`."""
        raise IsADirectoryError


Listed = dict[str, dict[str, zipfile.ZipInfo | None]]  # by folder and name; folders have no entry


class InArchive:
    """A file or folder in a zip file."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        listed: Listed,
        path: str = "",
        entry: zipfile.ZipInfo | None = None,
    ) -> None:
        self._archive, self._listed, self._entry = archive, listed, entry
        self.path, self.kind = path, Kind.FOLDER
        if entry is not None:
            self.kind = Kind.LINK if stat.S_ISLNK(entry.external_attr >> 16) else Kind.FILE

    @cached_property
    def children(self) -> Mapping[str, Node]:
        """See `Node`."""
        return {
            name: InArchive(self._archive, self._listed, _joined(self.path, name), entry)
            for name, entry in sorted(self._listed.get(self.path, {}).items())
            if not is_left_by_systems(name)
        }

    def content(self) -> bytes:
        """See `Node`."""
        assert self._entry is not None
        if self._entry.flag_bits & ENCRYPTED:
            raise Unreadable("The zip file is encrypted; hand it in without a password.")
        if self._entry.compress_type not in METHODS:
            raise Unreadable(
                f"{shown(self.path)} is packed in an unusual way; "
                "make the zip file with what your system has for it."
            )
        if self._entry.file_size > MOST_BYTES:  # no more than that is unpacked, even if it lies
            raise Unreadable(too_large(self.path))
        with self._archive.open(self._entry) as file:
            return b"".join(iter(partial(file.read, CHUNK), b""))


@contextmanager
def archive(place: str, path: str = "The zip file") -> Iterator[Node]:
    """The top of a zip file's tree.

    Raises
    ------
    Unreadable
        If it is damaged or no zip file, or if names in it lead out of it.
    """
    try:
        with opened(place, path, _InPieces) as file, zipfile.ZipFile(file) as inside:
            yield InArchive(inside, _listed(inside.infolist()))
    except BROKEN:
        raise Unreadable(
            "The zip file is damaged, or is none; make it anew and hand it in again."
        ) from None


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


class _InPieces(io.FileIO):
    """A file that hands out no more at once than a list of names may take."""

    def read(self, size: int | None = -1) -> bytes:
        """Read, within bounds."""
        if size is None or size < 0:
            size = os.fstat(self.fileno()).st_size - self.tell()
        if size > MOST_AT_ONCE:
            raise Unreadable(too_many("The zip file"))
        return super().read(size)


def _listed(entries: Iterable[zipfile.ZipInfo]) -> Listed:
    """The names in an archive, by folder."""
    found: Listed = {"": {}}
    for number, entry in enumerate(entries):
        if number == MOST_ENTRIES:
            raise Unreadable(too_many("The zip file"))
        name = entry.filename.replace("\\", "/")  # some programs for Windows write it so
        path = PurePosixPath(name)
        if ".." in path.parts or path.is_absolute() or name[1:2] == ":":
            raise Unreadable(f"{shown(entry.filename)} leads out of the zip file.")
        is_folder = name.endswith("/")
        folder = ""
        for part in (path.parts if is_folder else path.parts[:-1])[:MOST_PARTS]:
            if found[folder].setdefault(part, None) is not None:
                raise Unreadable(f"{shown(name)} is in the zip file twice.")
            folder = _joined(folder, part)
            found.setdefault(folder, {})
        if not is_folder and 0 < len(path.parts) <= MOST_PARTS:
            if path.name in found[folder]:
                raise Unreadable(f"{shown(name)} is in the zip file twice.")
            found[folder][path.name] = entry
    return found


def is_left_by_systems(name: str) -> bool:
    """Whether a name is of what systems leave behind, and nobody hands in."""
    return name.startswith(".") or name in LEFT_BY_SYSTEMS


def too_many(what: str) -> str:
    """The sentence about a folder or archive that holds too much."""
    return f"{what} holds more than {MOST_ENTRIES:,} files and folders; hand in course/ alone."


def too_large(path: str) -> str:
    """The sentence about a file that is too large."""
    return f"{shown(path)} is larger than {MOST_BYTES >> 20} MiB."


def shown(name: str) -> str:
    """A name in quotes, without what cannot be printed."""
    kept = "".join(each if each.isprintable() else "?" for each in name)
    return repr(kept[:80])


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_symlink():
        return Kind.LINK
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.FILE if entry.is_file(follow_symlinks=False) else Kind.OTHER


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
