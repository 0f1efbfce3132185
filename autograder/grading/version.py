"""The grader's version: a result made by another one is made again."""

import hashlib
import platform
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import autograder
import solutions
from autograder.exercises.own import own_folder

# What can change a grade. A new page of the report or a new command grades nobody again.
GRADING_ROOMS = (
    *("protocol", "sandbox", "checking", "exercises", "submissions", "diagnosis", "grading"),
)
BETWEEN = "; "


@cache
def grader_version() -> str:
    """What grades depend on: fingerprints of criteria, mistakes and so on, Python and NumPy."""
    digests: dict[str, Any] = {}
    own = own_folder()  # of an instructor: its description is one file
    top, right = Path(autograder.__file__ or "").parent, Path(solutions.__file__ or "").parent
    folders = [*(top / room for room in GRADING_ROOMS), right, *([own] if own else [])]
    for folder in folders:
        found = sorted(folder.rglob("*.py"))
        for path in [*found, folder / "exercises.toml"] if folder == own else found:
            digest = digests.setdefault(_part(path, right), hashlib.sha256())
            digest.update(path.relative_to(folder.parent).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    parts = [f"{part} {digest.hexdigest()[:16]}" for part, digest in digests.items()]
    parts += [f"Python {platform.python_version()}", f"NumPy {np.__version__}"]
    return BETWEEN.join(parts)


def changed_parts(before: str, now: str) -> list[str]:
    """What of a version is another one, in words; nothing where they have other parts.

    Examples
    --------
    >>> changed_parts("criteria 4f; Python 3.11.7", "criteria 4f; Python 3.12.1")
    ['Python (3.11.7, now 3.12.1)']
    >>> changed_parts("criteria 4f; mistakes 7a", "criteria 01; mistakes 7a")
    ['criteria']
    """
    known, parts = (
        dict(_named(part) for part in version.split(BETWEEN)) for version in (before, now)
    )
    if known.keys() != parts.keys():
        return []
    return [
        f"{name} ({known[name]}, now {value})" if name in ("Python", "NumPy") else name
        for name, value in parts.items()
        if known[name] != value
    ]


def _named(part: str) -> tuple[str, str]:
    name, _, value = part.rpartition(" ")
    return name, value


def _part(path: Path, right: Path) -> str:
    """The part of the grader that a module belongs to."""
    if path.name == "checks.py" or "oracles" in path.parts:
        return "criteria"
    if path.name == "mistakes.py" or "diagnosis" in path.parts:
        return "mistakes"
    if right in path.parents or "solutions" in path.parts:
        return "solutions"
    if path.name in ("manifest.py", "exercises.toml"):
        return "exercises"
    return "way of grading"
