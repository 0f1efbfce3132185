"""Nbgrader's gradebook of one assignment, read at once and written where something changes."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select, update
from sqlalchemy.exc import SAWarning

from autograder.nbgrader.course_settings import course_settings
from autograder.nbgrader.database import expect_writable, opened_gradebook
from autograder.refused import Refused

MAX_TOGETHER = 50  # students whose rows are kept at once: each time waits for the disk


@dataclass
class GradeRow:
    """A grade in the gradebook."""

    id: str = ""
    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    needs_manual_grade: bool = True

    @property
    def counted(self) -> float:
        """What the grade adds to the score, by nbgrader's rule."""
        if self.manual_score is None and self.auto_score is None:
            return 0.0
        score = self.auto_score if self.manual_score is None else self.manual_score
        return float(score or 0.0) + (self.extra_credit or 0.0)


@dataclass
class CommentRow:
    """An automatic comment in the gradebook."""

    id: str
    text: str | None = None


@dataclass
class Standing:
    """What the gradebook holds of one student's submission.

    Attributes
    ----------
    grades, comments : dict
        By the id of their cell.
    timestamp : datetime or None
        When it was handed in, in UTC.
    penalty : float or None
        The penalty for being late.
    """

    grades: dict[str, GradeRow] = field(default_factory=dict)
    comments: dict[str, CommentRow] = field(default_factory=dict)
    timestamp: datetime | None = None
    penalty: float | None = None

    @property
    def score(self) -> float:
        """The score of the notebook before the penalty."""
        return sum(grade.counted for grade in self.grades.values())


@dataclass(frozen=True)
class KnownCell:
    """A cell as `nbgrader generate_assignment` recorded it."""

    source: str
    checksum: str
    locked: bool
    points: float | None


class CourseGradebook:
    """The gradebook of a course, seen from one assignment.

    The database is a SQLite file in the course's folder.

    Raises
    ------
    Refused
        If there is no such gradebook, the assignment is not in it, or nbgrader's configuration
        means another course.
    """

    def __init__(self, database: Path, lesson: str) -> None:
        if not database.is_file():
            raise Refused(
                f"There is no gradebook {database}: run `nbgrader generate_assignment {lesson}` "
                "in the folder of the course first."
            )
        self.root, self.lesson = database.resolve().parent, lesson
        settings = course_settings(database)
        self.course, self._config, self.secret = (
            settings.directory,
            settings.config,
            settings.secret,
        )
        self._gradebook = opened_gradebook(database, self.course.course_id)
        self._gradebook.db().expire_on_commit = False  # the assignment is the same for all students
        self._commit, self._written = self._gradebook.db.commit, 0
        try:
            self._assignment = self._gradebook.find_assignment(lesson)
            notebook = self._gradebook.find_notebook(lesson, lesson)
        except api.MissingEntry:
            self.close()
            raise Refused(
                f"{lesson} is not in {database}: run `nbgrader generate_assignment {lesson}` first."
            ) from None
        points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
        self.cells = {
            cell.name: KnownCell(cell.source, cell.checksum, cell.locked, points.get(cell.name))
            for cell in notebook.source_cells
        }
        self._notebook_id, self._due = notebook.id, self._assignment.duedate
        self._penalty_of: Callable[[str, float, float], float | None] | None = None
        self._standings = self._read()

    def autograded(self, student: str) -> Path:
        """The folder in which nbgrader keeps a student's autograded submission."""
        path = self.course.format_path(self.course.autograded_directory, student, self.lesson)
        return Path(path)

    def expect_writable(self) -> None:
        """Wait until nobody else writes into the database, or fail as a write would."""
        expect_writable(self._gradebook)

    def standing(self, student: str) -> Standing:
        """What the gradebook held of a student when it was opened."""
        return self._standings.get(student) or Standing()

    def write(
        self,
        student: str,
        timestamp: datetime | None,
        grades: dict[str, GradeRow],
        comments: dict[str, str | None],
        number: str = "",
    ) -> None:
        """Write automatic scores and comments; make the submission where there is none yet.

        What is written is kept some dozen students at a time, and by `commit`.
        `number` is that of a learning platform, by which an export finds the student.
        """
        self._gradebook.db.commit = self._gradebook.db.flush  # nbgrader commits thrice a student
        standing = self._standings.get(student) or self._add(student, timestamp, number)
        if timestamp is not None and standing.timestamp != timestamp:
            self._gradebook.update_or_create_submission(self.lesson, student, timestamp=timestamp)
            standing.timestamp = timestamp
        for name, grade in grades.items():
            grade.id = standing.grades[name].id
        standing.grades |= grades
        for name, text in comments.items():
            standing.comments[name].text = text
        columns = ("id", "auto_score", "needs_manual_grade")
        rows = [{name: getattr(grade, name) for name in columns} for grade in grades.values()]
        self._update(api.Grade, rows)
        ids = {name: standing.comments[name].id for name in comments}
        rows = [{"id": ids[name], "auto_comment": text} for name, text in comments.items()]
        self._update(api.Comment, rows)
        self._write_penalty(student, standing)
        self._written += 1
        if self._written % MAX_TOGETHER == 0:
            self._commit()

    def commit(self) -> None:
        """Have all that was written kept."""
        self._commit()

    def close(self) -> None:
        """Close the database."""
        self._gradebook.close()

    # -- reading ----------------------------------------------------------------------------------

    def _read(self) -> dict[str, Standing]:
        notebook, assignment = api.SubmittedNotebook, api.SubmittedAssignment
        found = self._gradebook.db.execute(
            select(
                notebook.id,
                assignment.student_id,
                assignment.timestamp,
                notebook.late_submission_penalty,
            )
            .join(assignment, notebook.assignment_id == assignment.id)
            .where(notebook.notebook_id == self._notebook_id)
        )
        by_id = {
            submitted: (student, Standing(timestamp=timestamp, penalty=penalty))
            for submitted, student, timestamp, penalty in found
        }
        columns = ("id", "auto_score", "manual_score", "extra_credit", "needs_manual_grade")
        for submitted, cell, *values in self._rows(api.Grade, *columns):
            by_id[submitted][1].grades[cell] = GradeRow(*values)
        for submitted, cell, *values in self._rows(api.Comment, "id", "auto_comment"):
            by_id[submitted][1].comments[cell] = CommentRow(*values)
        return dict(by_id.values())

    def _rows(self, table: Any, *columns: str) -> Any:
        """Rows about cells: whose notebook, which cell, and some columns."""
        chosen = [getattr(table, column) for column in columns]
        return self._gradebook.db.execute(
            select(table.notebook_id, api.BaseCell.name, *chosen)
            .join(api.BaseCell, table.cell_id == api.BaseCell.id)
            .where(api.BaseCell.notebook_id == self._notebook_id)
        )

    # -- writing ----------------------------------------------------------------------------------

    def _add(self, student: str, timestamp: datetime | None, number: str) -> Standing:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader's own order of making rows
            known = self._gradebook.update_or_create_student(student)
            known.lms_user_id = known.lms_user_id or number or None
            submission = self._gradebook.add_submission(self.lesson, student, timestamp=timestamp)
            (notebook,) = (
                notebook for notebook in submission.notebooks if notebook.name == self.lesson
            )
        standing = self._standings[student] = Standing(
            {grade.name: GradeRow(grade.id) for grade in notebook.grades},
            {comment.name: CommentRow(comment.id) for comment in notebook.comments},
            timestamp,
        )
        return standing

    def _update(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._gradebook.db.execute(update(table), rows)

    def _write_penalty(self, student: str, standing: Standing) -> None:
        penalty = self.penalty(student, standing.score, standing.timestamp)
        if penalty != standing.penalty:
            notebook = self._gradebook.find_submission_notebook(self.lesson, self.lesson, student)
            notebook.late_submission_penalty = standing.penalty = penalty

    def penalty(self, student: str, score: float, timestamp: datetime | None) -> float | None:
        """The penalty by the course's late policy, at most the score; None for none.

        Without a timestamp, the one that the gradebook knows counts.
        """
        timestamp = timestamp or self.standing(student).timestamp
        if timestamp is None or self._due is None:
            return None
        late = max(0.0, (timestamp - self._due_for(student)).total_seconds())
        if not late:
            return None
        if self._penalty_of is None:
            step = AssignLatePenalties(config=self._config)
            step.init_plugin()
            self._penalty_of = step.plugin_inst.late_submission_penalty
        penalty = self._penalty_of(student, score, late)
        return None if penalty is None else min(max(0.0, penalty), score)

    def _due_for(self, student: str) -> Any:
        if student not in self._standings:
            return self._due
        return self._gradebook.find_submission(self.lesson, student).duedate
