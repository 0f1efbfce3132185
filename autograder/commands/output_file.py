"""A file that a command writes: refused before the work where it cannot be written."""

import os
from pathlib import Path

from autograder.refused import Refused


def refuse_unwritable(out: Path) -> None:
    """Refuse a file that cannot be written, before any work is done for it.

    Raises
    ------
    Refused
        If its folder is not there or cannot be written to.
    """
    if not out.parent.is_dir():
        raise Refused(f"There is no folder {out.parent} for {out.name}.")
    if not os.access(out.parent, os.W_OK):
        raise Refused(f"{out.parent} cannot be written to: {out.name} has no place.")
