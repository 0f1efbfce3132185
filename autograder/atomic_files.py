"""A file is written beside its place and moved there when complete: it is never half there."""

import json
import os
from collections.abc import Iterable
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
