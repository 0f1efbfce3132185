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
    top = Path(autograder.__file__ or "").parent
    folders = [*(top / room for room in GRADING_ROOMS), Path(solutions.__file__ or "").parent]
    folders += [own] if own else []
    for folder in folders:
        found = sorted(folder.rglob("*.py"))
        for path in [*found, folder / "exercises.toml"] if folder == own else found:
            place = path.relative_to(folder.parent)
            digest = digests.setdefault(_part(place), hashlib.sha256())
            digest.update(place.as_posix().encode() + b"\0")
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


def _part(place: Path) -> str:
    """The part of the grader that a module belongs to, by its place below the grader."""
    if place.name == "checks.py" or "oracles" in place.parts:
        return "criteria"
    if place.name == "mistakes.py" or "diagnosis" in place.parts:
        return "mistakes"
    if "solutions" in place.parts:
        return "solutions"
    if place.name in ("manifest.py", "exercises.toml"):
        return "exercises"
    return "way of grading"
