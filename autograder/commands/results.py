"""The results of a class as `descent grade` writes them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from autograder.atomic_files import write_in_one_step
from autograder.batch.assignment import Assignment
from autograder.batch.journal import Journal
from autograder.commands.grade_input import ClassIn
from autograder.exercises.selection import graded_exercises
from autograder.grading.policy import Policy
from autograder.grading.result_file import Heading, csv_parts, json_parts
from autograder.grading.results import SubmissionResult, result_line, submission_result
from autograder.submissions.reading import Handed


@dataclass
class Summary:
    """How a class came out: scores, who has none and why, whom to look at and why, who is late."""

    scores: list[float] = field(default_factory=list)
    unscored: list[tuple[str, str]] = field(default_factory=list)
    look: list[tuple[str, list[str]]] = field(default_factory=list)
    late: int = 0
    penalty: float = 0.0

    def add(self, result: SubmissionResult) -> None:
        """Count one submission."""
        if result.score is None:
            self.unscored.append((result.student, result.reason or ""))
        else:
            self.scores.append(result.score)
        if result.look:
            self.look.append((result.student, list(result.look)))
        self.late += bool(result.days_late)
        self.penalty += result.penalty


@dataclass(frozen=True)
class ClassResults:
    """What the journal holds of a class, by its policy.

    Where only some were graded now, the others are in the file as they were graded before.
    """

    journal: Journal
    group: ClassIn
    grading: Assignment
    policy: Policy
    passed_over: tuple[str, ...]

    @property
    def heading(self) -> Heading:
        """What the file says before its submissions."""
        wall, absent = self.grading.wall, tuple(person.id for person in self.group.absent)
        people = {person.id: person for person in self.group.absent}
        people |= {submission.student: submission.person for submission in self.group.everyone}
        return Heading(self.grading.name, wall, self.passed_over, people, absent)

    def json(self) -> Iterator[str]:
        """The result file, in pieces."""
        return json_parts(self.heading, self._lines(self._known()))

    def summary(self) -> Summary:
        """How those came out who were to be graded now."""
        names = {submission.student: submission for submission in self.group.handed}
        if self.policy == Policy():  # then the journal has it at hand
            journal = self.journal
            return Summary(
                journal.scores(names), journal.unscored(names), journal.to_look_at(names)
            )
        found = Summary()
        for line in self._lines(names):
            found.add(submission_result(json.loads(line)))
        return found

    def write(self, out: Path) -> None:
        """Write the file in one step, a table or JSON."""
        parts = self.json()
        if out.suffix == ".csv":
            names = [exercise.name for exercise in graded_exercises(self.grading.name)]
            parts = csv_parts(self.heading, names, self._lines(self._known()))
        try:
            write_in_one_step(out, parts)
        except OSError as error:
            raise click.ClickException(
                f"{out} cannot be written ({error.strerror}); the results are kept in the journal, "
                "and the same command writes them."
            ) from None

    def _known(self) -> dict[str, Handed]:
        """Everybody who has a result."""
        by_student = {submission.student: submission for submission in self.group.everyone}
        if not self.group.is_part:
            return by_student
        known = self.journal.keys()
        return {name: submission for name, submission in by_student.items() if name in known}

    def _lines(self, by_student: Mapping[str, Handed]) -> Iterator[str]:
        for line in self.journal.lines(by_student):
            if self.policy == Policy():
                yield line
                continue
            result = submission_result(json.loads(line))
            handed = by_student[result.student]
            yield result_line(self.policy.applied(result, self.grading.name, handed))
