"""What learners did in the lessons, kept beside their ``course/`` in the folder ``.descent/``.

Each kind of thing has one JSON file that maps names to entries:

- ``practice.json``: the day on which each challenge was first met;
- ``predictions.json``: all predictions made in an experiment, the first one first;
- ``quiz.json`` and ``cards.json``: the box of each question and flash card (`lab.reading.boxes`).

They count for nothing but the learner's own practice.
"""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Kept:
    """The files of one learner.

    Parameters
    ----------
    root : Path or None
        The folder that holds ``course/``; None keeps nothing.

    Examples
    --------
    >>> Kept(None).change("practice", "wave.wavelength", lambda _: {"done": "2026-11-23"})
    False
    """

    def __init__(self, root: Path | None) -> None:
        self.folder = root / ".descent" if root else None

    @classmethod
    def beside_course(cls, start: Path | None = None) -> "Kept":
        """Files in the nearest folder, from `start` upwards, that holds ``course/``."""
        here = (start or Path.cwd()).resolve()
        return cls(next((f for f in (here, *here.parents) if (f / "course").is_dir()), None))

    def entries(self, kind: str) -> dict[str, Any]:
        """All entries of a kind by name; empty if there are none, or none that can be read."""
        if self.folder is None:
            return {}
        try:
            entries = json.loads((self.folder / f"{kind}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return entries if isinstance(entries, dict) else {}

    def change(self, kind: str, name: str, new: Callable[[Any], Any]) -> bool:
        """Replace the entry of a name by what `new` makes of it; of None where there is none.

        Returns
        -------
        bool
            Whether the file now holds the entry.
        """
        if self.folder is None:
            return False
        path = self.folder / f"{kind}.json"
        try:
            path.parent.mkdir(exist_ok=True)
            with _held(path.with_suffix(".lock")):
                entries = self.entries(kind)
                if not entries:
                    _keep_unreadable(path)
                before = entries.get(name)
                entries[name] = new(before)
                if entries[name] != before:
                    _write(path, entries)
        except OSError:  # a read-only folder: what was done is done all the same
            return False
        return True


def _keep_unreadable(path: Path) -> None:
    """Move a file that holds something else aside, so that nothing of it is lost."""
    if path.exists() and path.read_bytes().strip() not in (b"", b"{}"):
        os.replace(path, path.with_name(f"{path.stem}.unreadable-{time.time_ns()}.json"))


def _write(path: Path, entries: dict[str, Any]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}-", suffix=".new")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(entries, file, indent=1, sort_keys=True)
        file.write("\n")
    os.replace(name, path)


@contextmanager
def _held(lock: Path, patience: float = 2.0, abandoned: float = 10.0) -> Iterator[None]:
    """Hold a lock file, so that two kernels do not write at once.

    A lock older than `abandoned` seconds belongs to a kernel that died, and is taken over.
    """
    end = time.monotonic() + patience
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if _age(lock) > abandoned:
                lock.unlink(missing_ok=True)
            elif time.monotonic() > end:
                raise
            else:
                time.sleep(0.01)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _age(lock: Path) -> float:
    try:
        return time.time() - lock.stat().st_mtime
    except FileNotFoundError:
        return 0.0
