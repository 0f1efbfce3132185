"""Nbgrader's gradebook of one assignment, read at once and written where something changes."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select
from sqlalchemy import update as update_of
from sqlalchemy.exc import SAWarning

from autograder.nbgrader.course_settings import course_settings
from autograder.nbgrader.database import expect_writable, opened_gradebook
from autograder.refused import Refused


@dataclass
class GradeRow:
    """A grade as it stands in the gradebook."""

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
class Standing:
    """What the gradebook holds of one student's submission.

    Attributes
    ----------
    grades : dict
        Grades by the id of their cell.
    comments : dict
        Automatic comments by the id of their cell.
    comment_ids : dict
        Where the gradebook keeps them.
    timestamp : datetime or None
        When it was handed in, in UTC.
    penalty : float or None
        The penalty for being late.
    """

    grades: dict[str, GradeRow] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    comment_ids: dict[str, str] = field(default_factory=dict)
    timestamp: datetime | None = None
    penalty: float | None = None

    @property
    def score(self) -> float:
        """The score of the notebook before the penalty."""
        return sum(each.counted for each in self.grades.values())


@dataclass(frozen=True)
class KnownCell:
    """A cell as `nbgrader generate_assignment` recorded it."""

    source: str
    checksum: str
    locked: bool
    points: float | None


@dataclass
class Update:
    """What is to be written for one student; what is left out stays as it is."""

    scores: dict[str, float | None] = field(default_factory=dict)
    needs_manual_grade: dict[str, bool] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)


class CourseGradebook:
    """The gradebook of a course, seen from one assignment.

    Parameters
    ----------
    database : Path
        The SQLite file; its folder is the course's.
    lesson : str
        The assignment.

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

    def standing(self, student: str) -> Standing | None:
        """What the gradebook held of a student when it was opened; None for no submission."""
        return self._standings.get(student)

    def expect_writable(self) -> None:
        """Wait until nobody else writes into the database, or fail as a write would."""
        expect_writable(self._gradebook)

    def write(self, student: str, timestamp: datetime | None, update: Update) -> None:
        """Write what is to be changed; make the submission where there is none yet."""
        standing = self._standings.get(student)
        if standing is None:
            standing = self._add(student, timestamp)
        elif timestamp is not None and standing.timestamp != timestamp:
            self._gradebook.update_or_create_submission(self.lesson, student, timestamp=timestamp)
            standing.timestamp = timestamp
        for name, score in update.scores.items():
            standing.grades[name].auto_score = score
        for name, needed in update.needs_manual_grade.items():
            standing.grades[name].needs_manual_grade = needed
        standing.comments |= update.comments
        changed = update.scores.keys() | update.needs_manual_grade.keys()
        rows = [standing.grades[name] for name in changed]
        graded = ("id", "auto_score", "needs_manual_grade")
        self._write_rows(api.Grade, [{name: getattr(row, name) for name in graded} for row in rows])
        self._write_rows(
            api.Comment,
            [
                {"id": standing.comment_ids[name], "auto_comment": text}
                for name, text in update.comments.items()
            ],
        )
        self._write_penalty(student, standing)
        self._gradebook.db.commit()

    def close(self) -> None:
        """Close the database."""
        self._gradebook.close()

    def __enter__(self) -> "CourseGradebook":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- reading ----------------------------------------------------------------------------------

    def _read(self) -> dict[str, Standing]:
        database = self._gradebook.db
        submitted, assigned = api.SubmittedNotebook, api.SubmittedAssignment
        notebooks = database.execute(
            select(
                submitted.id,
                assigned.student_id,
                assigned.timestamp,
                submitted.late_submission_penalty,
            )
            .join(assigned, submitted.assignment_id == assigned.id)
            .where(submitted.notebook_id == self._notebook_id)
        )
        by_id = {
            each.id: (each.student_id, Standing(timestamp=each.timestamp, penalty=each[3]))
            for each in notebooks
        }
        grades = database.execute(
            select(
                api.Grade.notebook_id,
                api.BaseCell.name,
                api.Grade.id,
                api.Grade.auto_score,
                api.Grade.manual_score,
                api.Grade.extra_credit,
                api.Grade.needs_manual_grade,
            )
            .join(api.BaseCell, api.Grade.cell_id == api.BaseCell.id)
            .where(api.BaseCell.notebook_id == self._notebook_id)
        )
        for notebook, name, *values in grades:
            by_id[notebook][1].grades[name] = GradeRow(*values)
        comments = database.execute(
            select(
                api.Comment.notebook_id, api.BaseCell.name, api.Comment.id, api.Comment.auto_comment
            )
            .join(api.BaseCell, api.Comment.cell_id == api.BaseCell.id)
            .where(api.BaseCell.notebook_id == self._notebook_id)
        )
        for notebook, name, place, text in comments:
            by_id[notebook][1].comments[name] = text
            by_id[notebook][1].comment_ids[name] = place
        return dict(by_id.values())

    # -- writing ----------------------------------------------------------------------------------

    def _add(self, student: str, timestamp: datetime | None) -> Standing:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader's own order of making rows
            self._gradebook.update_or_create_student(student)
            submission = self._gradebook.add_submission(self.lesson, student, timestamp=timestamp)
            notebook = next(each for each in submission.notebooks if each.name == self.lesson)
        standing = Standing(
            {each.name: GradeRow(each.id) for each in notebook.grades},
            comment_ids={each.name: each.id for each in notebook.comments},
            timestamp=timestamp,
        )
        self._standings[student] = standing
        return standing

    def _write_rows(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._gradebook.db.execute(update_of(table), rows)

    def _write_penalty(self, student: str, standing: Standing) -> None:
        penalty = self.penalty(student, standing.score, standing.timestamp)
        if penalty != standing.penalty:
            notebook = self._gradebook.find_submission_notebook(self.lesson, self.lesson, student)
            notebook.late_submission_penalty = standing.penalty = penalty

    def penalty(self, student: str, score: float, timestamp: datetime | None) -> float | None:
        """The penalty by the course's late policy, at most the score.

        Parameters
        ----------
        student : str
            Who may have an extension.
        score : float
            The score that it would be taken off.
        timestamp : datetime or None
            When the submission was handed in; None for the time that the gradebook knows.
        """
        if timestamp is None:
            timestamp = self._standings.get(student, Standing()).timestamp
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
