"""Cells of a released notebook: their ids, their nbgrader metadata, and what they are for."""

import re
from typing import Any

from autograder.exercises.manifest import EXERCISES, Exercise

Cell = dict[str, Any]
Notebook = dict[str, Any]

SCHEMA_VERSION = 3  # of nbgrader's cell metadata
SETUP_ID = "setup"
ANSWER_POINTS = 2.0
UNANSWERED = "*Write your answer here.*"
CHECK = re.compile(r'\s*check\("(?P<exercise>\w+)"\)\s*')


def source_of(cell: Cell) -> str:
    """The text of a cell."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def tags_of(cell: Cell) -> list[str]:
    """The tags of a cell."""
    return list(cell.get("metadata", {}).get("tags", []))


def checked_exercise(cell: Cell) -> Exercise | None:
    """The exercise that a check cell checks; None for every other cell."""
    if cell.get("cell_type") != "code":
        return None
    found = CHECK.fullmatch(source_of(cell))
    name = found and found["exercise"]
    return next((exercise for exercise in EXERCISES if exercise.name == name), None)


def grade_id(cell: Cell) -> str | None:
    """The id under which nbgrader knows a cell; None for a cell that it does not know."""
    known = cell.get("metadata", {}).get("nbgrader")
    name = known.get("grade_id") if isinstance(known, dict) else None
    return name if isinstance(name, str) and name else None


def is_answer(cell: Cell) -> bool:
    """Whether a cell of a released notebook is a written answer, which a person grades."""
    return bool(cell["metadata"]["nbgrader"]["solution"])


def check_metadata(exercise: Exercise, worth: float | None = None) -> dict[str, Any]:
    """Nbgrader's metadata of a check cell; a bonus comes on top of the points, so it adds none.

    An exercise may be `worth` something else than the manifest says.
    """
    points = 0.0 if exercise.bonus else exercise.points if worth is None else worth
    return _metadata(f"check_{exercise.name}", grade=True, locked=True, points=points)


def answer_metadata(number: int) -> dict[str, Any]:
    """Nbgrader's metadata of the answer to a reflection question."""
    return _metadata(f"reflection_{number}", grade=True, solution=True, points=ANSWER_POINTS)


def setup_metadata() -> dict[str, Any]:
    """Nbgrader's metadata of the first code cell, which loads `check`."""
    return _metadata(SETUP_ID, locked=True)


def _metadata(
    name: str, *, grade: bool = False, solution: bool = False, locked: bool = False, **points: float
) -> dict[str, Any]:
    return {
        "grade": grade,
        "grade_id": name,
        "locked": locked,
        "schema_version": SCHEMA_VERSION,
        "solution": solution,
        "task": False,
        **points,
    }
