"""A file that a command writes: refused before the work where it cannot be written; its name."""

import hashlib
import os
from pathlib import Path

from autograder.refused import Refused

UNSAFE = '/\\:*?"<>|'  # in names of files, on some system


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


def file_name(text: str) -> str:
    """A text as the name of a file on any system; no two texts have one name.

    Examples
    --------
    >>> file_name("ada"), file_name("../a:b")
    ('ada', '_a_b 7b26657f')
    """
    name = without_signs(text)
    if name != text:
        name += f" {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return name


def without_signs(text: str) -> str:
    """A text without the signs that a name of a file may not have."""
    signs = (sign if sign.isprintable() and sign not in UNSAFE else "_" for sign in text)
    return "".join(signs).strip(". ") or "_"
