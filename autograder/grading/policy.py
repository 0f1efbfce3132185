"""The grading policy of a class: points, weights, due dates and what being late takes off.

One TOML file says all of it. Scores are kept as they were graded, and the policy is applied where
they are written: a change of it grades nothing again.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo

from autograder.exercises.manifest import EXERCISES, LESSONS, exercises_of
from autograder.exercises.selection import graded_exercises
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.submissions.handed_in import LATE
from autograder.submissions.reading import Handed
from autograder.submissions.timestamp import timestamp_in

BONUS = frozenset(exercise.name for exercise in EXERCISES if exercise.bonus)
DAY = 86_400.0
FORM = "%Y-%m-%d-%H-%M-%S"  # of the times in names of files, as far as they go
COURSE = 100.0  # points of the whole course, where its lessons have weights
HOW_LATE = "How late is not in the download: nothing is taken off; write it under days_late."


@dataclass(frozen=True)
class Deadline:
    """When a lesson is due.

    Attributes
    ----------
    due : datetime or None
        For everybody.
    extensions : mapping
        For single learners: another time, or so many days more.
    days_late : mapping
        How many days late a submission counts as, whatever its time.
    """

    due: datetime | None = None
    extensions: Mapping[str, datetime | float] = field(default_factory=dict)
    days_late: Mapping[str, float] = field(default_factory=dict)

    def due_for(self, student: str) -> datetime | None:
        """When it is due for a learner."""
        more = self.extensions.get(student, 0.0)
        if isinstance(more, datetime):
            return more
        return None if self.due is None else self.due + timedelta(days=more)


@dataclass(frozen=True)
class Policy:
    """What counts how much, and until when.

    Attributes
    ----------
    points : mapping
        The points of exercises that are worth something else than the manifest says.
    weights : mapping
        What lessons weigh in the whole course; there are points for `COURSE` then.
    deadlines : mapping
        By lesson.
    per_day : float
        The share of the score that each day begun takes off.
    grace : timedelta
        What is not counted as late.
    most_days : float
        Later than so many days, nothing counts.
    zone : tzinfo or None
        That of times without an offset; None for the machine's.
    """

    points: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    per_day: float = 0.0
    grace: timedelta = timedelta()
    most_days: float = math.inf
    zone: tzinfo | None = None

    def applied(self, result: SubmissionResult, lesson: str, handed: Handed) -> SubmissionResult:
        """A result by this policy: its points, how late it came, and what that takes off."""
        weighed = self.weighed(result, lesson)
        deadline = self.deadlines.get(lesson, Deadline())
        days = self._days_late(deadline, handed)
        if days is None:
            return replace(weighed, look=(*weighed.look, HOW_LATE))
        share = 1.0 if days > self.most_days else min(1.0, self.per_day * days)
        penalty = round((weighed.score or 0.0) * share, 2)
        return replace(weighed, days_late=days, penalty=penalty)

    def strangers(self, lesson: str, students: Iterable[str]) -> list[str]:
        """The names in a lesson's extensions and late days that are nobody's."""
        deadline = self.deadlines.get(lesson, Deadline())
        return sorted({*deadline.extensions, *deadline.days_late}.difference(students))

    def most(self, lesson: str) -> float:
        """The most points of a lesson, or of all, without bonus."""
        worth = self._worth(lesson)
        exercises = [exercise for exercise in graded_exercises(lesson) if not exercise.bonus]
        return round(sum(worth.get(exercise.name, exercise.points) for exercise in exercises), 6)

    def weight(self, lesson: str) -> float:
        """The points that a lesson is worth in the course, out of `COURSE`.

        Examples
        --------
        >>> Policy(weights={"a": 3, "b": 1}).weight("a"), Policy(weights={"a": 3}).weight("b")
        (75.0, 0.0)
        """
        return COURSE * self.weights.get(lesson, 0.0) / sum(self.weights.values())

    def weighed(self, result: SubmissionResult, lesson: str) -> SubmissionResult:
        """A result with the points that its exercises are worth in a lesson, or in the course."""
        worth = self._worth(lesson)
        if not worth:
            return result
        exercises = tuple(
            _weighed(exercise, worth.get(exercise.name)) for exercise in result.exercises
        )
        own = [exercise for exercise in exercises if exercise.name not in BONUS]
        bonus = sum(exercise.score for exercise in exercises if exercise.name in BONUS)
        score = None if result.score is None else round(sum(exercise.score for exercise in own), 6)
        most = round(sum(exercise.max_score for exercise in own), 6) if own else self.most(lesson)
        return replace(
            result, exercises=exercises, score=score, max_score=most, bonus=round(bonus, 6)
        )

    def _worth(self, lesson: str) -> Mapping[str, float]:
        """The points of exercises that are worth something else than the manifest says."""
        if lesson != "all" or not self.weights:
            return self.points
        found = dict(self.points)
        for known in LESSONS:
            counted = [exercise for exercise in exercises_of(known.name) if not exercise.bonus]
            whole = sum(self.points.get(exercise.name, exercise.points) for exercise in counted)
            factor = self.weight(known.name) / whole if whole else 0.0
            found |= {
                exercise.name: factor * self.points.get(exercise.name, exercise.points)
                for exercise in counted
            }
        return found

    def _days_late(self, deadline: Deadline, handed: Handed) -> int | None:
        """The days begun after a learner's due date; None where nobody knows how many."""
        if handed.student in deadline.days_late:
            return math.ceil(deadline.days_late[handed.student])
        due, when = deadline.due_for(handed.student), self._when(handed)
        if due is None:
            return 0
        if when is None:
            late = any(note.text.startswith(LATE) for note in handed.notes)
            return None if late and handed.student not in deadline.extensions else 0
        over = when - self._aware(due) - self.grace
        return max(0, math.ceil(over.total_seconds() / DAY))

    def _when(self, handed: Handed) -> datetime | None:
        """When it was handed in: by the platform's name of it, else as nbgrader noted it."""
        if handed.when:
            form = FORM[: 3 * handed.when.count("-") + 2]
            try:
                return self._aware(datetime.strptime(handed.when, form))
            except ValueError:
                return None
        noted = timestamp_in(handed.path) if not (handed.files or handed.refusal) else ""
        try:
            found = datetime.fromisoformat(noted.removesuffix(" UTC"))
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def _aware(self, when: datetime) -> datetime:
        if when.tzinfo:
            return when
        return when.replace(tzinfo=self.zone) if self.zone else when.astimezone()


def _weighed(exercise: ExerciseResult, worth: float | None) -> ExerciseResult:
    """An exercise that is worth so many points."""
    if worth is None or not exercise.max_score:
        return exercise
    factor = worth / exercise.max_score
    criteria = (
        replace(criterion, points=round(criterion.points * factor, 6))
        for criterion in exercise.criteria
    )
    score = round(exercise.score * factor, 6)
    return replace(exercise, score=score, max_score=round(worth, 6), criteria=tuple(criteria))
