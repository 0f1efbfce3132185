"""A file is written beside its place and moved there when complete: it is never half there."""

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import Any


def write_in_one_step(path: Path, parts: Iterable[str], *, durable: bool = True) -> None:
    """Write a text file, piece by piece.

    What a writer that was killed left beside it is removed.

    Parameters
    ----------
    path : Path
        Where it is to be.
    parts : iterable of str
        Its content.
    durable : bool, optional
        Whether to wait until the disk has it, so that it outlives a power cut.
    """
    for left in path.parent.glob(f".{escape(path.name)}.*.new"):
        left.unlink(missing_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def write_json(path: Path, content: Any) -> None:
    """Write a small JSON file that may be lost in a power cut; its folder is made where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    write_in_one_step(path, [text], durable=False)


@contextmanager
def held(lock: Path, patience: float = 2.0, abandoned: float = 10.0) -> Iterator[None]:
    """Hold a lock file, so that of two processes that read and write one waits for the other.

    A lock older than `abandoned` seconds belongs to a process that died, and is taken over.

    Raises
    ------
    FileExistsError
        If another process holds it for longer than `patience` seconds.
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
