"""What a new grading changes for one student: the scores that move, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from nbgrader.utils import compute_checksum

from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.grading.version import changed_parts
from autograder.nbgrader.cell_scores import (
    Origin,
    cell_scores,
    is_graded_code,
    look_at_cell,
    record_under,
)
from autograder.nbgrader.cells import Cell, Notebook, checked_exercise, grade_id, source_of
from autograder.nbgrader.gradebook import CourseGradebook, GradeRow, KnownCell, Standing
from autograder.nbgrader.submitted_notebook import (
    Unusable,
    as_node,
    read_notebook,
    submitted_notebook,
)
from autograder.sandbox.outcomes import Outcome
from autograder.submissions.reading import Handed

NO_ANSWER = "No response."  # nbgrader's own comment


@dataclass(frozen=True)
class Move:
    """One automatic score that changes."""

    cell: str
    before: float | None
    after: float | None
    cause: str
    turned: tuple[str, ...] = ()

    def __str__(self) -> str:
        moved = f"{self.cell}: {_points(self.before)} → {_points(self.after)}"
        return "; ".join([moved, *self.turned])


@dataclass
class Regrading:
    """What is to be done for one student.

    Attributes
    ----------
    before, after : float
        The score of the whole notebook, manual grades included.
    late_before, late_after : float
        What is taken off for being late.
    moves : list of Move
        The automatic scores that change.
    grades, comments : dict
        What is to be written into the gradebook, by the id of the cell.
    notebook : dict or None
        The autograded notebook; None where the one that is there says the same.
    doubt : str
        Why a person has to look for the answer; empty where there is none, or somebody has.
    """

    before: float
    late_before: float
    after: float = 0.0
    late_after: float = 0.0
    moves: list[Move] = field(default_factory=list)
    grades: dict[str, GradeRow] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    notebook: Notebook | None = None
    doubt: str = ""

    @property
    def causes(self) -> list[str]:
        """Why the score moves, each reason once; none if it stays."""
        found = list(dict.fromkeys(move.cause for move in self.moves))
        if self.late_before != self.late_after:
            earlier = f", before {self.late_before:g}" if self.late_before else ""
            found.append(f"late: {self.late_after:g} points off{earlier}")
        return found


def regrading(
    gradebook: CourseGradebook,
    handed: Handed,
    timestamp: datetime | None,
    result: SubmissionResult,
    origin: Origin,
    released: Notebook,
    files: Mapping[str, bytes],
) -> Regrading:
    """Compare a new grade with what the gradebook holds.

    Parameters
    ----------
    gradebook : CourseGradebook
        The gradebook.
    handed : Handed
        The submission.
    timestamp : datetime or None
        When it was handed in, if that is known.
    result, origin
        Its new grade, and what that came from.
    released : dict
        The notebook in the course's ``source/``.
    files : mapping
        The submission's modules, to be shown beside the cards.
    """
    student = result.student
    submitted = submitted_notebook(handed, gradebook.lesson, released)
    notebook = submitted.notebook
    cells = notebook["cells"]
    _overwrite(cells, gradebook.cells)
    scores = cell_scores(cells, result, origin, files)
    earlier = _autograded(gradebook, student)
    standing = gradebook.standing(student)
    done = Regrading(standing.score, standing.penalty or 0.0)
    for cell in cells:
        name = grade_id(cell)
        if name is None or not cell["metadata"]["nbgrader"]["grade"]:
            continue
        row = standing.grades.get(name, GradeRow())
        if is_graded_code(cell):
            cell["outputs"], score = scores[name].outputs, scores[name].score
            if score != row.auto_score:
                cause, turned = _why(cell, earlier.get(name), score, result, origin)
                done.moves.append(Move(name, row.auto_score, score, cause, turned))
            changed = False
        else:  # an answer that nobody wrote has no points; else it waits for a person
            written = compute_checksum(as_node(cell)) != cell["metadata"]["nbgrader"]["checksum"]
            score, comment = (None, None) if written or submitted.doubt else (0.0, NO_ANSWER)
            if row.manual_score is None:
                done.doubt = submitted.doubt
            changed = name not in earlier or source_of(earlier[name]) != source_of(cell)
            known = standing.comments.get(name)
            if (known and known.text) != comment:
                done.comments[name] = comment
        if score != row.auto_score or changed or not row.id:
            by_hand = score is None or row.manual_score is not None
            done.grades[name] = replace(row, auto_score=score, needs_manual_grade=by_hand)
    after = Standing(standing.grades | done.grades).score
    done.after = round(after, 6)
    done.late_after = gradebook.penalty(student, after, timestamp) or 0.0
    top = look_at_cell(cells, result, {name: score.score for name, score in scores.items()})
    if top is not None:
        cells.insert(0, top)
    if _said(cells) != _said(list(earlier.values())):
        done.notebook = notebook
    return done


def _overwrite(cells: list[Cell], known: dict[str, KnownCell]) -> None:
    """Give cells the text and the points that nbgrader recorded, as its autograding does."""
    for cell in cells:
        name = grade_id(cell)
        if name is None:
            continue
        if name not in known:
            del cell["metadata"]["nbgrader"]
            continue
        cell["metadata"]["nbgrader"]["checksum"] = known[name].checksum
        if known[name].points is not None:
            cell["metadata"]["nbgrader"]["points"] = known[name].points
        if known[name].locked:
            cell["source"] = known[name].source


def _autograded(gradebook: CourseGradebook, student: str) -> dict[str, Cell]:
    """All cells of the notebook that was autograded before; nbgrader's under their ids."""
    try:
        path = gradebook.autograded(student) / f"{gradebook.lesson}.ipynb"
        cells = read_notebook(path)["cells"]
    except Unusable:
        return {}
    return {grade_id(cell) or f"cell {number}": cell for number, cell in enumerate(cells)}


def _said(cells: list[Cell]) -> list[tuple[str, str, list[str]]]:
    """What a person sees of cells, to be compared."""
    return [(cell["cell_type"], source_of(cell), _pages_under(cell)) for cell in cells]


def _pages_under(cell: Cell) -> list[str]:
    found = (output.get("data") for output in cell.get("outputs", []))
    pages = (data.get("text/html", "") for data in found if isinstance(data, dict))
    return [source_of({"source": page}) for page in pages]


# -- why ------------------------------------------------------------------------------------------


def _why(
    cell: Cell,
    earlier: Cell | None,
    score: float | None,
    result: SubmissionResult,
    origin: Origin,
) -> tuple[str, tuple[str, ...]]:
    """What made a score move, and the criteria that ended differently from before."""
    if score is None:
        return result.reason or "it is graded by hand", ()
    if earlier is None:
        return "graded for the first time", ()
    record = record_under(earlier)
    if not record:
        return "it had no score, or one that came about in another way", ()
    worth = cell["metadata"]["nbgrader"]["points"]
    worth_before = earlier["metadata"]["nbgrader"].get("points", worth)
    causes = []
    if record.get("files") != origin.files:
        causes.append("other modules were handed in")
    if record.get("checks") != origin.checks:
        changed = ", ".join(changed_parts(str(record.get("checks")), origin.checks))
        causes.append("the grader has changed" + f": {changed}" * bool(changed))
    if worth_before != worth:
        causes.append(f"the points of {grade_id(cell)} were changed from {worth_before:g}")
    cause = ", and ".join(causes) or "the secret has changed, or calls ended in another way"
    exercise, before = checked_exercise(cell), record.get("criteria", {})
    graded = (other for other in result.exercises if exercise and other.name == exercise.name)
    return cause, tuple(turn for now in graded for turn in _turned(before, now))


def _turned(before: dict[str, str], now: ExerciseResult) -> Iterator[str]:
    """The criteria that ended differently from before, in words; the first of each kind by name."""
    changed = [
        criterion
        for criterion in now.criteria
        if before.get(criterion.name) != str(criterion.outcome)
    ]
    better = [criterion.title for criterion in changed if criterion.passed]
    worse = [
        f"{criterion.title} ({criterion.outcome})"
        for criterion in changed
        if not criterion.passed and before.get(criterion.name) in (None, str(Outcome.PASSED))
    ]
    for words, titles in (("now holds", better), ("holds no more", worse)):
        if titles:
            others = f" and {len(titles) - 1} more" if titles[1:] else ""
            yield f"{words}: {titles[0]}{others}"


def _points(score: float | None) -> str:
    return "no score" if score is None else f"{score:g}"
