"""The two steps of nbgrader's autograding that are ours."""

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets import Unicode

from autograder.batch.assignment import Assignment
from autograder.exercises.manifest import LESSONS
from autograder.exercises.own import VARIABLE, own_folder
from autograder.grading.results import GRADER_FAULT
from autograder.nbgrader.cell_scores import (
    cell_scores,
    is_graded_code,
    look_at_cell,
    marked_answers,
)
from autograder.nbgrader.cells import grade_id, is_answer
from autograder.nbgrader.configuration import was_released
from autograder.nbgrader.grading_service import graded_submission
from autograder.nbgrader.submitted_notebook import as_node
from autograder.sandbox.outcomes import SandboxUnavailable

SCORES = "first_descent_scores"


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts the card and the points of the sandboxed grader under each check cell.

    It replaces nbgrader's ``Execute``: no kernel is started and no cell is run. An assignment that
    is not a lesson of this course is executed as before.
    """

    secret_file = Unicode(
        "secret.txt",
        help="The file with the secret that seeds the hidden inputs, in the course's folder.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Grade the submission that a notebook belongs to."""
        asked = resources["nbgrader"]
        student, lesson = asked["student"], asked["assignment"]
        course = self.parent.parent.coursedir
        root = Path(course.root)
        if lesson not in {known.name for known in LESSONS}:
            if was_released(root, lesson):
                raise NbGraderException(
                    f"{lesson} was released from a folder of your own exercises: set {VARIABLE} to "
                    "that folder, and run this command again."
                )
            return Execute(parent=self.parent).preprocess(nb, resources)
        folder = Path(course.format_path(course.submitted_directory, student, lesson))
        private = own_folder()
        hidden = (str(root), *([str(private)] if private else []))
        assignment = Assignment(lesson, self._secret(root), hidden=hidden)
        try:
            result, origin, files = graded_submission(folder, student, assignment)
        except SandboxUnavailable as reason:
            raise NbGraderException(str(reason)) from None
        if result.status == GRADER_FAULT:
            raise NbGraderException(result.reason)  # for this student; nbgrader goes on
        if result.reason:
            self.log.warning("%s: %s", student, result.reason)
        scores = cell_scores(nb.cells, result, origin, files)
        for cell in nb.cells:
            if is_graded_code(cell):
                cell.outputs = [as_node(output) for output in scores[_id(cell)].outputs]
        resources[SCORES] = {name: graded.score for name, graded in scores.items()}
        resources[SCORES] |= dict.fromkeys(marked_answers(nb.cells))
        top = look_at_cell(nb.cells, result, resources[SCORES])
        if top is not None:
            nb.cells.insert(0, as_node(top))
        return nb, resources

    def _secret(self, root: Path) -> str:
        """The secret of the course."""
        try:
            secret = (root / self.secret_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            secret = ""
        if not secret:
            raise NbGraderException(
                f"There is no secret in {root / self.secret_file}, which `descent release` wrote. "
                "Put it back: with another one the hidden inputs would be others."
            )
        return secret


class SaveScores(NbGraderPreprocessor):  # type: ignore[misc]
    """Corrects the automatic scores that nbgrader cannot express by a cell's output.

    A bonus is a score above the points of its cell. Where no judgment was completed there is no
    score, and a person has to look. Manual grades and comments are never touched.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write those scores into the gradebook."""
        asked = resources["nbgrader"]
        special = {
            _id(cell): score
            for cell in nb.cells
            if grade_id(cell) and _id(cell) in resources.get(SCORES, {})
            if (score := resources[SCORES][_id(cell)]) is None
            or score > cell.metadata.nbgrader["points"]
        }
        answers = {_id(cell) for cell in nb.cells if grade_id(cell) and is_answer(cell)}
        if special:
            with Gradebook(asked["db_url"]) as gradebook:
                for name, score in special.items():
                    grade = gradebook.find_grade(
                        name, asked["notebook"], asked["assignment"], asked["student"]
                    )
                    grade.auto_score = score
                    grade.needs_manual_grade = score is None or grade.manual_score is not None
                    if name in answers:  # which may be elsewhere in the notebook
                        place = (asked["notebook"], asked["assignment"], asked["student"])
                        gradebook.find_comment(name, *place).auto_comment = None
                gradebook.db.commit()
        return nb, resources


def _id(cell: Any) -> str:
    return str(cell.metadata.nbgrader["grade_id"])
