"""A learner's course as one zip file, which is opened in another browser or in a folder."""

import base64
import io
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from autograder.maintain.given_files import (
    GIVEN,
    NotAFolderForThis,
    assume_given,
    given_as_shipped,
    given_files,
    update,
    what_is_written,
)
from autograder.maintain.make import keep
from autograder.refused import Refused

FOLDERS = ("course", "lessons", ".descent")
KINDS = (".py", ".ipynb", ".json")
MAX_BYTES = 16 << 20  # of one file
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class NotACourse(Refused):
    """A zip file is not a course that somebody took along."""


def packed(root: Path) -> str:
    """What a learner has, as a zip file in base64."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packing:
        for folder in FOLDERS:
            for path in sorted((root / folder).rglob("*")):
                if path.is_file() and path.suffix in KINDS:
                    packing.write(path, path.relative_to(root).as_posix())
    return base64.b64encode(content.getvalue()).decode()


def opened(root: Path, content: str) -> list[str]:
    """Lay out what `packed` has packed; the copies of what was there and is other.

    Raises
    ------
    NotACourse
        If it is something else.
    """
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "course.zip"
        try:
            place.write_bytes(base64.b64decode(content))
            return _laid_out(root, place)
        except BROKEN:
            raise NotACourse("This is not a zip file, or it is damaged.") from None


def begin_from(root: Path, place: Path) -> None:
    """Make a learner's folder from such a zip file, with the lessons of this version.

    Raises
    ------
    NotAFolderForThis
        If there is a ``course`` or ``lessons`` already.
    NotACourse
        If the zip file is something else.
    """
    for name in ("course", "lessons"):
        if (root / name).exists():
            raise NotAFolderForThis(
                f"There is a {name} in {root} already, and nothing of it is overwritten. Name "
                "another folder: `descent init DIR --from ZIP`."
            )
    try:
        _laid_out(root, place)
    except BROKEN:
        raise NotACourse(f"{place} is not a zip file, or it is damaged.") from None
    assume_given(root, given_files())
    update(root)


def _laid_out(root: Path, place: Path) -> list[str]:
    kept = []
    files, shipped = _files(place), given_as_shipped()
    given = {name: _text(root / GIVEN / name) for name in files}
    for name, text in files.items():
        path = root / name
        before = _text(path)
        if before is not None and not path.is_relative_to(root / GIVEN):
            others = (text, shipped.get(name), given[name])
            same = [what_is_written(other) for other in others if other is not None]
            if what_is_written(before) not in same:
                kept.append(keep(path).relative_to(root).as_posix())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return kept


def _text(path: Path) -> str | None:
    if not path.is_file():
        return None
    return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


def _files(place: Path) -> dict[str, str]:
    """The files that belong to a course, by path, and their texts.

    A system may have put a folder around all. The graders' way of reading zip files is another: it
    passes over hidden names, and progress has one.
    """
    found = {}
    with zipfile.ZipFile(place) as packed_files:
        for entry in packed_files.infolist():
            parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
            parts = parts if parts[:1] and parts[0] in FOLDERS else parts[1:]
            ours = len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts
            if ours and PurePosixPath(parts[-1]).suffix in KINDS and entry.file_size <= MAX_BYTES:
                with packed_files.open(entry) as file:
                    content = file.read(MAX_BYTES)
                found["/".join(parts)] = content.decode("utf-8", "replace").replace("\r\n", "\n")
    if not any(name.startswith("course/") for name in found):
        raise NotACourse("There is no folder course/ in this zip file.")
    return found
