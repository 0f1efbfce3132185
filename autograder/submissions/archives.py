"""What is in a zip file, as a tree of names: nothing is unpacked that is not asked for."""

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import PurePosixPath

from autograder.submissions.file_trees import (
    MAX_BYTES,
    MAX_ENTRIES,
    EntryKind,
    Node,
    OnDisk,
    Unreadable,
    is_left_by_systems,
    joined,
    opened,
    shown,
    too_large,
    too_many,
)

MAX_PARTS = 12  # of a path in an archive: what lies deeper is of no use to anyone
MAX_AT_ONCE = 24 << 20  # bytes: the list of all names of an environment of Python is shorter
MAX_LISTED = 100_000  # names, hidden ones included: each takes a kilobyte while they are read
LISTED = b"PK\1\2"  # what each name in the list begins with
MAX_PACKED = 32 << 20  # bytes of a zip file in a zip file
CHUNK = 64 << 10
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # they bound their memory
ENCRYPTED = 0x1
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(NotImplementedError, ValueError),  # one part of several; names that are not text
)


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
        self.path, self.kind = path, EntryKind.FOLDER
        if entry is not None:
            self.kind = (
                EntryKind.LINK if stat.S_ISLNK(entry.external_attr >> 16) else EntryKind.FILE
            )

    @cached_property
    def children(self) -> Mapping[str, Node]:
        """See `Node`."""
        return {
            name: InArchive(self._archive, self._listed, joined(self.path, name), entry)
            for name, entry in sorted(self._listed.get(self.path, {}).items())
        }

    def content(self, max_bytes: int = MAX_BYTES) -> bytes:
        """See `Node`."""
        assert self._entry is not None
        if self._entry.flag_bits & ENCRYPTED:
            raise Unreadable("The zip file is encrypted; hand it in without a password.")
        if self._entry.compress_type not in METHODS:
            raise Unreadable(
                f"{shown(self.path)} is packed in an unusual way; "
                "make the zip file with what your system has for it."
            )
        if self._entry.file_size > max_bytes:  # no more than that is unpacked, even if it lies
            raise Unreadable(too_large(self.path, max_bytes))
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
    with _sentences(), opened(place, path, _InPieces) as file, zipfile.ZipFile(file) as inside:
        yield InArchive(inside, _listed(inside.infolist()))


@contextmanager
def unpacked(packed: Node) -> Iterator[Node]:
    """The top of the tree of a zip file that is itself in a tree; see `archive`."""
    if isinstance(packed, OnDisk):
        with archive(packed.place, packed.path) as top:
            yield top
        return
    with _sentences():
        content = packed.content(MAX_PACKED)
        with _PiecesOfBytes(content) as file, zipfile.ZipFile(file) as inside:
            yield InArchive(inside, _listed(inside.infolist()))


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except BROKEN:
        raise Unreadable(
            "The zip file is damaged, or is not one; make it again and hand it in."
        ) from None


class _InPieces(io.FileIO):
    """A file that hands out no more at once than a list of names may take."""

    def read(self, size: int | None = -1) -> bytes:
        """Read, within bounds."""
        if size is None or size < 0:
            size = os.fstat(self.fileno()).st_size - self.tell()
        return _bounded(size, super().read)


class _PiecesOfBytes(io.BytesIO):
    """Bytes in memory, handed out the same way."""

    def read(self, size: int | None = -1) -> bytes:
        """Read, within bounds."""
        if size is None or size < 0:
            size = len(self.getbuffer()) - self.tell()
        return _bounded(size, super().read)


def _bounded(size: int, read: Callable[[int], bytes]) -> bytes:
    """Read a piece; refuse what is, or may be, a list of too many names."""
    if size > MAX_AT_ONCE:
        raise Unreadable(too_many("The zip file"))
    found = read(size)
    if size > CHUNK and found.count(LISTED) > MAX_LISTED:
        raise Unreadable(too_many("The zip file"))
    return found


def _listed(entries: Iterable[zipfile.ZipInfo]) -> Listed:
    """The names in an archive, by folder, without what systems leave behind."""
    found: Listed = {"": {}}
    seen = 0
    for entry in entries:
        name = entry.filename.replace("\\", "/")  # some programs for Windows write it so
        path = PurePosixPath(name)
        if ".." in path.parts or path.is_absolute() or name[1:2] == ":":
            raise Unreadable(f"{shown(entry.filename)} leads out of the zip file.")
        if any(map(is_left_by_systems, path.parts)):
            continue
        seen += 1
        if seen > MAX_ENTRIES:
            raise Unreadable(too_many("The zip file"))
        is_folder = name.endswith("/")
        folder = ""
        for part in (path.parts if is_folder else path.parts[:-1])[:MAX_PARTS]:
            if found[folder].setdefault(part, None) is not None:
                raise Unreadable(f"{shown(name)} is in the zip file twice.")
            folder = joined(folder, part)
            found.setdefault(folder, {})
        if not is_folder and 0 < len(path.parts) <= MAX_PARTS:
            if path.name in found[folder]:
                raise Unreadable(f"{shown(name)} is in the zip file twice.")
            found[folder][path.name] = entry
    return found
