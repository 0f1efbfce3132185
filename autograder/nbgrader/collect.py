"""Collecting from the exchange, where students own what they handed in and can change it still.

Nbgrader's own way follows links, with the instructor's eyes: a link named ``losses.py`` to another
student's would bring theirs, and one folder that cannot be copied ends the collecting for all.
"""

import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns

from autograder.nbgrader.safe_markdown import is_fit_name
from autograder.submissions.file_trees import shown

MAX_ENTRIES = 10_000  # files and folders of one submission
CHUNK = 1 << 20


class CollectFiles(ExchangeCollect):  # type: ignore[misc]
    """Copies ordinary files and folders, so that one student's trouble is nobody else's."""

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Student, folder and time by the name of a folder; no student where it makes no sense."""
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (ValueError, OverflowError):
            record = {"username": "", "filename": Path(path).name, "timestamp": datetime.min}
        return record

    def init_src(self) -> None:
        """Find what there is to collect: folders of students with a name that can be one."""
        super().init_src()
        records: list[dict[str, Any]] = self.src_records
        fit = []
        for record in records:
            name = record["username"]
            kind = os.lstat(Path(self.inbound_path) / record["filename"])
            if is_fit_name(name) and not name.startswith(".") and stat.S_ISDIR(kind.st_mode):
                fit.append(record)
            else:
                self.log.error("Passed over: %s", shown(record["filename"]))
        self.src_records: list[dict[str, Any]] = fit

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy the files of one submission; say what is left out."""
        ignored = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )
        try:
            left_out = _copy_files(src, dest, ignored, 1000 * self.coursedir.max_dir_size)
        except OSError as error:
            left_out = [f"everything ({error.strerror})"]
        for name in left_out:
            self.log.warning("%s: not collected: %s", Path(dest).parent.name, name)
        if self.coursedir.groupshared:
            for path in (Path(dest), *Path(dest).rglob("*")):
                path.chmod(path.stat().st_mode | (0o2770 if path.is_dir() else 0o660))


def _copy_files(
    source: str, place: str, ignored: Callable[[str, list[str]], list[str]], max_bytes: int
) -> list[str]:
    """Copy what is ordinary; the names of what is not.

    Folders are opened one in the other, never by way of a link, even one put there meanwhile.
    """
    left_out = []
    seen, left = 0, max_bytes
    os.mkdir(place)
    for folder, names, others, at in os.fwalk(source):
        skipped = set(ignored(folder, [*names, *others]))
        here = Path(place, os.path.relpath(folder, source))
        links = {name for name in names if stat.S_ISLNK(os.lstat(name, dir_fd=at).st_mode)}
        names[:] = sorted(set(names) - skipped - links)[: max(0, MAX_ENTRIES - seen)]
        seen += len(names)
        for name in names:
            (here / name).mkdir()
        for name in sorted((set(others) | links) - skipped):
            seen += 1
            copied = _copy_file(name, at, here / name, left) if seen <= MAX_ENTRIES else None
            if copied is None:
                left_out.append(shown(os.path.relpath(os.path.join(folder, name), source)))
            else:
                left -= copied
    if len(left_out) > 5:
        left_out = [*left_out[:5], f"and {len(left_out) - 5} more"]
    return left_out


def _copy_file(name: str, at: int, place: Path, max_bytes: int) -> int | None:
    """Copy an ordinary file and return its size; None for anything else."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(name, flags, dir_fd=at)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        kind = os.fstat(descriptor)
        if not stat.S_ISREG(kind.st_mode) or kind.st_nlink > 1 or kind.st_size > max_bytes:
            return None
        size = 0
        with place.open("wb") as copy:
            while part := file.read(min(CHUNK, max_bytes - size)):
                size += copy.write(part)
        place.chmod(stat.S_IMODE(kind.st_mode) | stat.S_IRUSR)
        return size
