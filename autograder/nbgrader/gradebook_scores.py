"""The scores in nbgrader's gradebook, for the files that learning platforms import."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from autograder.grading.platform_scores import Scores, scores_file
from autograder.nbgrader.database import database_refusals, opened_gradebook
from autograder.refused import Refused
from autograder.submissions.roster import Person


@dataclass(frozen=True)
class GradebookScores:
    """The scores of a course.

    Attributes
    ----------
    points : dict
        The most that each assignment is worth.
    rows : list of Scores
        Those of each student.
    ungraded : int
        How many submissions wait for a person.
    """

    points: dict[str, float]
    rows: list[Scores]
    ungraded: int


class CanvasExport(ExportPlugin):  # type: ignore[misc]
    """For ``nbgrader export --exporter=autograder.nbgrader.plugins.CanvasExport --to FILE``."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file; ``canvas.csv`` by default."""
        found = scores(gradebook, list(self.assignment), [str(name) for name in self.student])
        path = Path(self.to or "canvas.csv")
        text = scores_file("canvas", found.points, found.rows)
        path.write_text(text, encoding="utf-8", newline="")
        if found.ungraded:
            self.log.warning("%s submissions wait for a manual grade", found.ungraded)


def scores_in(database: Path, assignment: str | None = None) -> GradebookScores:
    """The scores in a gradebook file, of all assignments or of one.

    Raises
    ------
    Refused
        If the gradebook cannot be read, or does not know the assignment.
    """
    with database_refusals(database), opened_gradebook(database) as gradebook:
        found = scores(gradebook, [assignment] if assignment else [])
    if not found.points:
        raise Refused(f"{database} has no assignment {assignment or 'at all'}.")
    return found


def scores(
    gradebook: Gradebook, assignments: Sequence[str] = (), students: Sequence[str] = ()
) -> GradebookScores:
    """The scores in a gradebook, after penalties; of everything where nothing is named."""
    points = {
        assignment.name: float(assignment.max_score)
        for assignment in gradebook.assignments
        if not assignments or assignment.name in assignments
    }
    rows: list[Scores] = []
    ungraded = 0
    for student in gradebook.students:
        if students and student.id not in students:
            continue
        found: dict[str, float] = {}
        for name in points:
            try:
                submission = gradebook.find_submission(name, student.id)
            except MissingEntry:
                continue
            penalty = submission.late_submission_penalty or 0.0
            found[name] = max(0.0, submission.score - penalty)
            ungraded += bool(submission.needs_manual_grade)
        rows.append(Scores(_person(student), found))
    return GradebookScores(points, rows, ungraded)


def _person(student: Any) -> Person:
    name = ", ".join(part for part in (student.last_name, student.first_name) if part)
    return Person(student.id, name or student.id, str(student.lms_user_id or ""))
