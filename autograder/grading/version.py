"""The grader's version: a result made by another one is made again."""

import hashlib
import platform
from functools import cache
from pathlib import Path

import numpy as np

import autograder
import solutions


@cache
def criteria_version() -> str:
    """A fingerprint of the grader: its modules and the solutions, Python and NumPy."""
    digest = hashlib.sha256(f"{platform.python_version()} {np.__version__}\0".encode())
    for package in (autograder, solutions):
        folder = Path(package.__file__ or "").parent
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
