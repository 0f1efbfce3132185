"""Nbgrader's gradebook as a file that the gradebook of Canvas imports.

References
----------
Canvas's own reading of such a file: https://github.com/instructure/canvas-lms,
``lib/gradebook_importer.rb``. The first columns are Student, ID, SIS User ID, SIS Login ID and
Section, in this order, with Integration ID and Root Account before Section where a school has them;
an assignment is found by the number in brackets after its name, else by its name, else it is made;
a student by ID, SIS User ID, SIS Login ID or name, the first that fits. A row "Points Possible" may
follow the header. An empty cell changes nothing. Commas or semicolons separate; scores have two
decimals.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from autograder.grading.result_file import without_formula
from autograder.nbgrader.database import database_refusals, opened_gradebook
from autograder.refused import Refused

ABOUT_STUDENTS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS = "    Points Possible"
NUMBERED = re.compile(r"(?P<name>.+?)\s*\(\d+\)")


@dataclass(frozen=True)
class Row:
    """One student: what Canvas may know them by, and their scores by assignment."""

    about: tuple[str, ...]
    scores: dict[str, float]


@dataclass(frozen=True)
class Table:
    """The scores of a course.

    Attributes
    ----------
    points : dict
        The most that each assignment is worth.
    rows : dict
        Students by their name in nbgrader.
    ungraded : int
        How many submissions wait for a person.
    """

    points: dict[str, float]
    rows: dict[str, Row]
    ungraded: int


class CanvasExport(ExportPlugin):  # type: ignore[misc]
    """For ``nbgrader export --exporter=autograder.nbgrader.plugins.CanvasExport --to FILE``."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file; ``canvas.csv`` by default."""
        table = scores(gradebook, list(self.assignment), [str(name) for name in self.student])
        path = Path(self.to or "canvas.csv")
        path.write_text(canvas_csv(table), encoding="utf-8", newline="")
        if table.ungraded:
            self.log.warning("%s submissions wait for a manual grade", table.ungraded)


def scores_in(database: Path) -> Table:
    """The scores in a gradebook file."""
    with database_refusals(database), opened_gradebook(database) as gradebook:
        return scores(gradebook)


def scores(
    gradebook: Gradebook, assignments: Sequence[str] = (), students: Sequence[str] = ()
) -> Table:
    """The scores in a gradebook, after penalties; of everything where nothing is named."""
    points = {
        assignment.name: float(assignment.max_score)
        for assignment in gradebook.assignments
        if not assignments or assignment.name in assignments
    }
    rows: dict[str, Row] = {}
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
        rows[student.id] = Row(_about(student), found)
    return Table(points, rows, ungraded)


def canvas_csv(table: Table) -> str:
    """The file for Canvas, with every student of the gradebook."""
    lines = [[*ABOUT_STUDENTS, *table.points], _points(table, len(ABOUT_STUDENTS))]
    for row in table.rows.values():
        lines.append([*map(without_formula, row.about), *_scores(table, row)])
    return _written(lines)


def filled_in(table: Table, exported: str) -> tuple[str, list[str]]:
    """A file that Canvas exported, with our scores in it.

    Parameters
    ----------
    table : Table
        The scores.
    exported : str
        The text of the file: Canvas's own names and numbers of students and assignments.

    Returns
    -------
    text : str
        The file to import: the columns of our assignments, and Canvas's about students.
    strangers : list of str
        Students of the gradebook who are not in the file.

    Raises
    ------
    Refused
        If the text is not a gradebook of Canvas.
    """
    text = exported.removeprefix("\ufeff")
    separator = ";" if text.startswith(("Student;", '"Student";')) else ","
    read = csv.reader(io.StringIO(text), delimiter=separator)
    header, *others = [line for line in read if line] or [[]]
    if header[:2] != ["Student", "ID"] or "Section" not in header:
        raise Refused("That is not a file that the gradebook of Canvas exported.")
    about = header.index("Section") + 1
    columns = {
        name: column for column in reversed(header[about:]) for name in (column, _name(column))
    }
    lines = [[*header[:about], *(columns.get(name, name) for name in table.points)]]
    lines.append(_points(table, about))
    met = set()
    for line in others:
        student = _fitting(table, dict(zip(header[:about], line, strict=False)))
        if student is not None:
            met.add(student)
            lines.append([*line[:about], *_scores(table, table.rows[student])])
    return _written(lines), [name for name in table.rows if name not in met]


def _about(student: Any) -> tuple[str, ...]:
    name = ", ".join(part for part in (student.last_name, student.first_name) if part)
    return (name or student.id, str(student.lms_user_id or ""), "", student.id, "")


def _fitting(table: Table, known: dict[str, str]) -> str | None:
    """The student of the gradebook whom a line of Canvas's is about."""
    ids = [known.get(column, "") for column in ("SIS Login ID", "SIS User ID")]
    alike = {_folded(text) for text in ids if text}
    fitting = [
        name
        for name, row in table.rows.items()
        if _folded(name) in alike or (row.about[1] and row.about[1] == known.get("ID"))
    ]
    exact = [name for name in fitting if name in ids or len(fitting) == 1]
    return exact[0] if exact else None


def _folded(name: str) -> str:
    """A name in a form that is the same in large and small letters."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def _name(column: str) -> str:
    """The name of an assignment in a head that Canvas wrote, which may have a number after it."""
    numbered = NUMBERED.fullmatch(column)
    return numbered["name"] if numbered else column


def _points(table: Table, about: int) -> list[str]:
    return [POINTS, *[""] * (about - 1), *map(_number, table.points.values())]


def _scores(table: Table, row: Row) -> list[str]:
    """The scores of a student; nothing where there is none."""
    return [_number(row.scores[name]) if name in row.scores else "" for name in table.points]


def _number(value: float) -> str:
    """A score as Canvas keeps it, to two decimals."""
    return f"{round(value, 2):g}"


def _written(lines: list[list[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(lines)
    return buffer.getvalue()
