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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

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
    """Scores of a course, as far as there are any.

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


def scores(
    gradebook: Gradebook, assignments: Sequence[str] = (), students: Sequence[str] = ()
) -> Table:
    """The scores in a gradebook, after penalties.

    Parameters
    ----------
    gradebook : Gradebook
        Of nbgrader.
    assignments, students : sequence of str, optional
        Which; none means all.
    """
    chosen = [each for each in gradebook.assignments if not assignments or each.name in assignments]
    rows: dict[str, Row] = {}
    ungraded = 0
    for student in gradebook.students:
        if students and student.id not in students:
            continue
        found: dict[str, float] = {}
        for assignment in chosen:
            try:
                submission = gradebook.find_submission(assignment.name, student.id)
            except MissingEntry:
                continue
            penalty = submission.late_submission_penalty or 0.0
            found[assignment.name] = max(0.0, submission.score - penalty)
            ungraded += bool(submission.needs_manual_grade)
        rows[student.id] = Row(_about(student), found)
    return Table({each.name: float(each.max_score) for each in chosen}, rows, ungraded)


def canvas_csv(table: Table) -> str:
    """The file for Canvas, with every student of the gradebook."""
    names = list(table.points)
    lines: list[list[str]] = [[*ABOUT_STUDENTS, *names], _points(table.points, names)]
    lines += [
        [*map(_inert, row.about), *(_number(row.scores.get(name)) for name in names)]
        for row in table.rows.values()
    ]
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
        If the text is no gradebook of Canvas.
    """
    text = exported.removeprefix("\ufeff")
    separator = ";" if text.startswith(("Student;", '"Student";')) else ","
    lines = [line for line in csv.reader(io.StringIO(text), delimiter=separator) if line]
    if not lines or lines[0][:2] != ["Student", "ID"] or "Section" not in lines[0]:
        raise Refused("That is not a file that the gradebook of Canvas exported.")
    header, others = lines[0], lines[1:]
    about = header.index("Section") + 1
    columns = {}
    for name in table.points:
        fitting = [each for each in header[about:] if each == name or _name(each) == name]
        columns[name] = fitting[0] if fitting else name
    made = [[*header[:about], *columns.values()], _points(table.points, list(columns), about)]
    met = set()
    for line in others:
        student = _fitting(table, dict(zip(header[:about], line, strict=False)))
        if student is not None:
            met.add(student)
            found = table.rows[student].scores
            made.append([*line[:about], *(_number(found.get(name)) for name in columns)])
    return _written(made), [name for name in table.rows if name not in met]


def _about(student: Any) -> tuple[str, ...]:
    name = ", ".join(part for part in (student.last_name, student.first_name) if part)
    return (name or student.id, str(student.lms_user_id or ""), "", student.id, "")


def _fitting(table: Table, known: dict[str, str]) -> str | None:
    """The student of the gradebook whom a line of Canvas's is about."""
    for name, row in table.rows.items():
        if name in (known.get("SIS Login ID"), known.get("SIS User ID")):
            return name
        if row.about[1] and row.about[1] == known.get("ID"):
            return name
    return None


def _name(header: str) -> str:
    numbered = NUMBERED.fullmatch(header)
    return numbered["name"] if numbered else header


def _points(points: dict[str, float], names: Iterable[str], about: int = 5) -> list[str]:
    return [POINTS, *[""] * (about - 1), *(_number(points[name]) for name in names)]


def _number(value: float | None) -> str:
    """A score as Canvas keeps it, to two decimals; nothing where there is none."""
    return "" if value is None else f"{round(value, 2):g}"


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _written(lines: list[list[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(lines)
    return buffer.getvalue()
