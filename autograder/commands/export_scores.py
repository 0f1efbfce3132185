"""The scores that `descent export` writes: of result files, of a gradebook, and of the course."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from autograder.exercises.manifest import LESSONS
from autograder.grading.platform_scores import Scores
from autograder.grading.policy import COURSE, Policy
from autograder.grading.result_file import heading_of, submissions_of
from autograder.grading.results import GRADER_FAULT
from autograder.refused import Refused

COURSE_GRADE = "Course grade"


@dataclass
class ClassScores:
    """Scores of a class, by assignment until they get their titles.

    Attributes
    ----------
    points : dict
        The most that each assignment is worth.
    rows : dict of Scores
        Those of each learner, by id.
    unscored : dict of str
        Who handed in something that has no score, and in which assignment.
    """

    points: dict[str, float] = field(default_factory=dict)
    rows: dict[str, Scores] = field(default_factory=dict)
    unscored: dict[str, str] = field(default_factory=dict)

    def titled(self, titles: dict[str, str]) -> "ClassScores":
        """The same under the titles that assignments have elsewhere."""
        if len({titles.get(name, name) for name in self.points}) < len(self.points):
            raise Refused("Two assignments would have one title: name one by --assignment.")
        rows = {
            student: replace(
                row,
                by_title={titles.get(name, name): score for name, score in row.by_title.items()},
            )
            for student, row in self.rows.items()
        }
        points = {titles.get(name, name): most for name, most in self.points.items()}
        return ClassScores(points, rows, self.unscored)

    def with_course(self, policy: Policy, title: str) -> "ClassScores":
        """The same with the grade in the course; say what is in it, and who has none.

        What was not handed in counts 0; who handed in something without a score has no grade.
        """
        counted = [name for name, most in self.points.items() if most and policy.weights.get(name)]
        if not counted:
            raise Refused("None of these assignments has a weight: write it under [weights].")
        most = round(sum(map(policy.weight, counted)), 6)
        rows = {}
        for student, row in self.rows.items():
            shares = {name: row.by_title.get(name, 0.0) / self.points[name] for name in counted}
            grade = sum(policy.weight(name) * share for name, share in shares.items())
            known = {} if student in self.unscored else {title: round(grade, 6)}
            rows[student] = replace(row, by_title={**row.by_title, **known})
        missing = [name for name in policy.weights if name not in counted]
        rest = f"; not in it yet: {', '.join(missing)}" if missing else ""
        click.echo(f"{title}: of {most:g} points out of {COURSE:g}{rest}.", err=True)
        for student, name in self.unscored.items():
            who = self.rows[student].person.named
            click.echo(f"{who} has no score in {name}: no {title} there.", err=True)
        return ClassScores({**self.points, title: most}, rows, self.unscored)

    def only(self, title: str) -> "ClassScores":
        """One of the assignments."""
        rows = {
            student: replace(
                row, by_title={name: score for name, score in row.by_title.items() if name == title}
            )
            for student, row in self.rows.items()
        }
        return ClassScores({title: self.points[title]}, rows, self.unscored)


def scores_of(sources: Sequence[Path], assignment: str | None) -> ClassScores:
    """The scores in result files or in a gradebook, of all assignments or of one.

    Raises
    ------
    Refused
        If a file is neither, or none of them knows the assignment.
    """
    if any(source.suffix == ".db" for source in sources):
        if len(sources) > 1:
            raise Refused("A gradebook holds all lessons: name it alone.")
        return _of_gradebook(sources[0], assignment)
    found = ClassScores()
    for source in sources:
        heading = heading_of(source)
        name = heading.assignment
        if assignment not in (None, name):
            raise Refused(f"{source} is of {name}, not of {assignment}.")
        for result in submissions_of(source):
            found.points[name] = max(found.points.get(name, 0.0), result.max_score)
            row = found.rows.get(result.student) or Scores(heading.person(result.student))
            if name in row.by_title:
                raise Refused(f"{result.student} has two scores in {name}: name each file once.")
            if result.final is None:
                found.unscored[result.student] = name
            if result.status != GRADER_FAULT or len(sources) > 1:
                scores = {} if result.final is None else {name: result.final}
                row = replace(row, by_title={**row.by_title, **scores})
                found.rows[result.student] = row
        found.points.setdefault(name, 0.0)
    found.unscored = {
        student: name for student, name in found.unscored.items() if student in found.rows
    }
    return found


def lesson_titles() -> dict[str, str]:
    """The titles of lessons, by name."""
    return {lesson.name: lesson.title for lesson in LESSONS} | {"all": "First Descent"}


def _of_gradebook(source: Path, assignment: str | None) -> ClassScores:
    from autograder.nbgrader.gradebook_scores import scores_in

    found = scores_in(source, assignment)
    if found.ungraded:
        click.echo(f"{found.ungraded} submissions wait for a manual grade.", err=True)
    return ClassScores(found.points, {row.person.id: row for row in found.rows})
