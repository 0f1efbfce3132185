"""The grader's version: a result made by another one is made again."""

import hashlib
import platform
from functools import cache
from pathlib import Path

import numpy as np

import autograder
import solutions
from autograder.exercises.own import own_folder

# What can change a grade. A new page of the report or a new command grades nobody again.
GRADING_ROOMS = (
    *("protocol", "sandbox", "checking", "exercises", "submissions", "diagnosis", "grading"),
)


@cache
def grader_version() -> str:
    """What grades depend on: a fingerprint of rooms and solutions, then Python and NumPy."""
    digest = hashlib.sha256()
    top = Path(autograder.__file__ or "").parent
    own = own_folder()  # of an instructor: its description is one file
    if own is not None:
        digest.update((own / "exercises.toml").read_bytes())
    folders = [*(top / room for room in GRADING_ROOMS), Path(solutions.__file__ or "").parent]
    for folder in (*folders, *([own] if own else ())):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder.parent).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return f"{digest.hexdigest()} Python {platform.python_version()}, NumPy {np.__version__}"
