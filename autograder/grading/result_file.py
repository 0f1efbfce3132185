"""The result file of a batch: written result by result, in one step, and read the same way.

A class of ten thousand has a result file of a third of a gigabyte: it is never in memory whole.
"""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TextIO

from autograder.grading.results import SCHEMA, SubmissionResult, submission_result
from autograder.refused import Refused
from autograder.sandbox.wall import Wall
from autograder.submissions.roster import Person

OPENING = '"submissions": ['
FIGURES = ("final", "score", "max_score", "bonus", "days_late", "penalty", "status")
TOLD = [field.name for field in fields(Person) if field.name != "id"]


class ResultsUnreadable(Refused):
    """A file is no result file; the message is a sentence that says why."""


@dataclass(frozen=True)
class Heading:
    """What a result file says before its submissions.

    Attributes
    ----------
    assignment : str
        A lesson, or ``"all"``.
    wall : Wall
        The isolation that the submissions ran in; the file says so where it was a weaker one.
    passed_over : tuple of str
        The names beside the submissions that are nobody's; the file has them where there are any.
    people : mapping of str to Person
        What a platform or a roster tells of learners, by id; the file has it where there is any.
    absent : tuple of str
        The ids of a roster's learners who handed in nothing.
    """

    assignment: str
    wall: Wall = Wall.NAMESPACES
    passed_over: tuple[str, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    def person(self, student: str) -> Person:
        """What is known of a learner."""
        return self.people.get(student, Person(student))


def json_parts(heading: Heading, lines: Iterable[str]) -> Iterator[str]:
    """The result file as JSON, in pieces: one line for each submission."""
    more = "" if heading.wall is Wall.NAMESPACES else f'"wall": {json.dumps(heading.wall)}, '
    people = {
        student: told for student, person in heading.people.items() if (told := _told(person))
    }
    lists = {"passed_over": heading.passed_over, "absent": heading.absent, "people": people}
    for name, value in lists.items():
        if value:
            more += f'"{name}": {json.dumps(value, ensure_ascii=False)}, '
    assignment = json.dumps(heading.assignment)
    yield f'{{"schema": {SCHEMA}, "assignment": {assignment}, {more}{OPENING}'
    between = "\n"
    for line in lines:
        yield between + line
        between = ",\n"
    yield "\n]}\n"


def csv_parts(heading: Heading, exercises: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    """A table of one row for each submission, in pieces, with a column for each exercise.

    It begins with the mark of UTF-8, without which Excel garbles names.
    """
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    names = list(exercises)
    writer.writerow(["student", "name", "section", *FIGURES, *names, "reason"])
    for line in lines:
        yield _taken(buffer)
        result = json.loads(line)
        scores = {exercise["name"]: exercise["score"] for exercise in result["exercises"]}
        person = heading.person(result["student"])
        figures = submission_result(result).final, *(result.get(name) for name in FIGURES[1:])
        row = [person.id, person.name, person.section, *figures]
        row += [*(scores.get(name, "") for name in names), result["reason"] or ""]
        writer.writerow([without_formula(cell) for cell in row])
    yield _taken(buffer)


def print_parts(parts: Iterable[str]) -> None:
    """Write to standard output."""
    sys.stdout.writelines(parts)
    sys.stdout.flush()


def heading_of(path: Path) -> Heading:
    """What a result file says before its submissions.

    Raises
    ------
    ResultsUnreadable
        If it is not what ``descent grade --out FILE.json`` writes.
    """
    with _opened(path) as file:
        first = file.readline().rstrip()
        if first.endswith(OPENING):
            return _heading(_parsed(first + "]}", path), path)
        return _heading(_parsed(first + file.read(), path), path)


def submissions_of(path: Path) -> Iterator[SubmissionResult]:
    """The submissions of a result file, one by one; see `heading_of`."""
    with _opened(path) as file:
        first = file.readline()
        if not first.rstrip().endswith(OPENING):  # laid out by another program
            for submission in _parsed(first + file.read(), path)["submissions"]:
                yield _result(submission, path)
            return
        for line in file:
            text = line.strip().removesuffix(",")
            if text == "]}":
                return
            if text:
                yield _result(_parsed(text, path), path)
    raise ResultsUnreadable(f"{path} ends too early.")


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        file = path.open(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise ResultsUnreadable(f"{path} cannot be read ({error.strerror}).") from None
    with file:
        yield file


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ResultsUnreadable(f"{path} is not JSON ({error}).") from None


def _heading(document: Any, path: Path) -> Heading:
    match document:
        case {"schema": int(schema), "assignment": str(assignment), "submissions": list()}:
            if schema != SCHEMA:
                raise ResultsUnreadable(
                    f"{path} has schema {schema}, and this version reads schema {SCHEMA}."
                )
            wall = str(document.get("wall", Wall.NAMESPACES))
            if wall not in set(Wall):
                raise ResultsUnreadable(f"{path} is of a wall that this version does not know.")
            names, absent = (_names(document.get(key)) for key in ("passed_over", "absent"))
            return Heading(assignment, Wall(wall), names, _people(document.get("people")), absent)
    raise ResultsUnreadable(f"{path} is not a result file of `descent grade`.")


def _names(found: Any) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _told(person: Person) -> dict[str, str]:
    """What is known of a learner besides the id."""
    return {name: value for name, value in asdict(person).items() if value and name != "id"}


def _people(found: Any) -> dict[str, Person]:
    """Learners by id; what is not as expected is left out."""
    people = {}
    for student, told in found.items() if isinstance(found, dict) else ():
        if isinstance(told, dict):
            known = {name: str(told[name]) for name in TOLD if name in told}
            people[student] = Person(student, **known)
    return people


def _result(data: Any, path: Path) -> SubmissionResult:
    try:
        return submission_result(data)
    except (KeyError, TypeError, ValueError) as error:
        raise ResultsUnreadable(
            f"{path} holds a submission that is not as expected ({type(error).__name__}: {error})."
        ) from None


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def without_formula(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell
