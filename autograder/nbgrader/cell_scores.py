"""What is under a check cell after grading: the card, the points, and how they came about."""

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from autograder.exercises.manifest import Exercise
from autograder.grading.results import GRADED, SubmissionResult
from autograder.learner.card import card_html
from autograder.nbgrader.cells import Cell, Notebook, checked_exercise, grade_id, is_answer
from autograder.nbgrader.graded_code import code_html
from autograder.nbgrader.safe_markdown import as_prose

RECORD = "first_descent"  # the output's metadata under which the criteria are kept
LOOK_ID = "look-at-these"
Scores = Mapping[str, float | None]
LOOK = "first_descent_look"  # the metadata of an answer that a person has to look for


@dataclass(frozen=True)
class Origin:
    """What a score depends on, besides the secret: fingerprints of files and of the grader."""

    files: str
    checks: str


@dataclass(frozen=True)
class CellScore:
    """What nbgrader's gradebook gets for a cell (None where no judgment was completed), and the
    outputs under it.
    """

    score: float | None
    outputs: list[dict[str, Any]]


def is_graded_code(cell: Cell) -> bool:
    """Whether nbgrader expects the points of a cell from running it."""
    known = cell["metadata"].get("nbgrader") or {}
    return bool(cell["cell_type"] == "code" and known.get("grade") and not known.get("solution"))


def cell_scores(
    cells: list[Cell],
    result: SubmissionResult,
    origin: Origin,
    files: Mapping[str, bytes] | None = None,
) -> dict[str, CellScore]:
    """The scores of all graded code cells of a notebook, by their id.

    With `files`, the submission's, the code is shown beside each card.
    """
    scores: dict[str, CellScore] = {}
    for cell in cells:
        name = grade_id(cell)
        if name is not None and is_graded_code(cell):
            scores[name] = _cell_score(cell, result, origin, files or {}, first=not scores)
    return scores


def record_under(cell: Cell) -> dict[str, Any]:
    """What an earlier grading recorded under a check cell; empty where nothing is."""
    for output in cell.get("outputs", []):
        found = output.get("metadata", {}).get(RECORD) if isinstance(output, dict) else None
        if isinstance(found, dict):
            return found
    return {}


def mark_answers(notebook: Notebook) -> None:
    """Mark the answers as ones that a person has to look for, for a later step of autograding."""
    for cell in notebook["cells"]:
        if grade_id(cell) and is_answer(cell):
            cell["metadata"][LOOK] = True


def marked_answers(cells: list[Cell]) -> set[str]:
    """The names of the cells that are marked so; the marks are taken off."""
    return {name for cell in cells if cell["metadata"].pop(LOOK, None) and (name := grade_id(cell))}


def _cell_score(
    cell: Cell,
    result: SubmissionResult,
    origin: Origin,
    files: Mapping[str, bytes],
    *,
    first: bool,
) -> CellScore:
    exercise = checked_exercise(cell)
    graded = [other for other in result.exercises if exercise and other.name == exercise.name]
    if exercise and result.status != GRADED:
        return _unscored(result.reason or result.status)
    if not exercise or not graded:
        return _unscored("This cell is not run; it is graded by hand.")
    shown = replace(result, exercises=tuple(graded), printed=result.printed if first else "")
    worth = float(cell["metadata"]["nbgrader"]["points"])
    score = _scaled(graded[0].score, exercise, worth)
    record = {
        "files": origin.files,
        "checks": origin.checks,
        "criteria": {criterion.name: str(criterion.outcome) for criterion in graded[0].criteria},
    }
    page = card_html(shown) + code_html(graded[0], files)
    return CellScore(score, [_output(page, min(score, worth), {RECORD: record})])


def look_at_cell(cells: list[Cell], result: SubmissionResult, scores: Scores) -> Cell | None:
    """What a person has to look at in a notebook, as its first cell; None where there is nothing.

    Parameters
    ----------
    cells : list of dict
        The graded notebook's.
    result : SubmissionResult
        Its grade.
    scores : mapping
        The scores of its graded code cells, by their id; None where there is none.
    """
    answers = [name for cell in cells if (name := grade_id(cell)) and is_answer(cell)]
    lines = [f"[An answer in words](#{name}) is graded by a person." for name in answers]
    lines += [
        f"[{as_prose(name)}](#{name}) has no score yet."
        for name, score in scores.items()
        if score is None and name not in answers
    ]
    lines += [as_prose(reason) for reason in result.look]
    if not lines:
        return None
    text = "\n".join(f"- {line}" for line in lines)
    source = f"**For a person to look at**\n\n{text}"
    return {"cell_type": "markdown", "id": LOOK_ID, "metadata": {}, "source": source}


def _scaled(score: float, exercise: Exercise, worth: float) -> float:
    """A score in the points that the cell is worth, which an instructor may have changed."""
    if worth == exercise.points or (exercise.bonus and not worth):
        return score
    return round(score * worth / exercise.points, 6) if exercise.points else 0.0


def _unscored(message: str) -> CellScore:
    page = (
        '<div role="group" aria-label="Feedback" style="border: 1px solid #d5d9de; '
        'border-radius: 8px; max-width: 760px; padding: 8px 14px; margin: 4px 0">'
        f"{html.escape(message)}</div>"
    )
    return CellScore(None, [_output(page, 0.0, {})])


def _output(page: str, points: float, metadata: dict[str, Any]) -> dict[str, Any]:
    """A result whose plain-text form nbgrader reads as the score."""
    return {
        "data": {"text/html": page, "text/plain": f"{float(points)!r}"},
        "execution_count": None,
        "metadata": metadata,
        "output_type": "execute_result",
    }
