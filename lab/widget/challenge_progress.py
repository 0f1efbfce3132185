"""Progress in the challenges of the experiments, kept beside the learner's ``course/``.

The file ``.descent/practice.json`` maps each challenge to the day on which it was first met:
``{"learning_rate.border": {"done": "2026-11-23"}}``. It counts for nothing but the learner's own
view of their progress.
"""

import datetime
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class ChallengeProgress:
    """The challenges that the learner of one course folder has met.

    Parameters
    ----------
    root : Path or None
        The folder that holds ``course/``; None keeps nothing.
    """

    def __init__(self, root: Path | None) -> None:
        self.path = root / ".descent" / "practice.json" if root else None

    @classmethod
    def beside_course(cls, start: Path | None = None) -> "ChallengeProgress":
        """Progress kept in the nearest folder, from `start` upwards, that holds ``course/``."""
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "course").is_dir():
                return cls(folder)
        return cls(None)

    def met(self) -> dict[str, Any]:
        """All entries; empty if there are none, or none that can be read."""
        if self.path is None:
            return {}
        try:
            entries = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return entries if isinstance(entries, dict) else {}

    def record(self, challenge: str, day: datetime.date | None = None) -> bool:
        """Keep that `challenge` is done; the day of an earlier success stays.

        Returns
        -------
        bool
            Whether the file now holds the challenge.
        """
        if self.path is None:
            return False
        try:
            self.path.parent.mkdir(exist_ok=True)
            with _held(self.path.with_suffix(".lock")):
                entries = self.met()
                if not entries:
                    self._keep_unreadable()
                if challenge not in entries:
                    entries[challenge] = {"done": (day or datetime.date.today()).isoformat()}
                    self._write(entries)
        except OSError:  # a read-only folder: the challenge is met all the same
            return False
        return True

    def _keep_unreadable(self) -> None:
        """Move a file that holds something else aside, so that nothing of it is lost."""
        assert self.path is not None
        if not self.path.exists() or self.path.read_bytes().strip() in (b"", b"{}"):
            return
        aside = self.path.with_name(f"practice.unreadable-{time.time_ns()}.json")
        os.replace(self.path, aside)

    def _write(self, entries: dict[str, Any]) -> None:
        assert self.path is not None
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix="practice-", suffix=".new")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(entries, file, indent=1, sort_keys=True)
            file.write("\n")
        os.replace(name, self.path)


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
