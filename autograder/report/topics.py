"""What to teach again: the exercises that most learners wrote and that do not hold, and why not."""

import re
from collections import Counter
from dataclasses import dataclass

from autograder.report.causes import CauseFigures
from autograder.report.figures import ClassFigures, ExerciseFigures

MAX_TOPICS = 5
MAX_CAUSES = 3


@dataclass(frozen=True)
class Topic:
    """An exercise to come back to.

    Attributes
    ----------
    exercise : ExerciseFigures
        How it went.
    causes : tuple of CauseFigures
        Why it does not hold, as the cards say, the commonest first.
    """

    exercise: ExerciseFigures
    causes: tuple[CauseFigures, ...]

    @property
    def title(self) -> str:
        """The exercise in words."""
        known = self.exercise.known
        title = known.title if known else words(self.exercise.name)
        return title[:1].upper() + title[1:]

    @property
    def reading(self) -> str:
        """The section of the lesson that explains most of it."""
        read = Counter[str]()
        for cause in self.causes:
            if cause.known is not None:
                read[cause.known.read] += cause.learners
        if read:
            return read.most_common(1)[0][0]
        lesson = self.exercise.lesson
        return f"Lesson {lesson.name[0]}" if lesson else self.exercise.module

    @property
    def commonest(self) -> tuple[CauseFigures, ...]:
        """The causes to name."""
        return self.causes[:MAX_CAUSES]

    @property
    def others(self) -> int:
        """How many did something else than the commonest causes."""
        rest = sum(cause.learners for cause in self.causes[MAX_CAUSES:])
        return rest + self.exercise.unexplained.total()


def topics(figures: ClassFigures) -> list[Topic]:
    """The exercises that do not hold for most learners, the most urgent first.

    Where a class is larger than two, what concerns only one learner is not a topic for all.
    """
    least = 1 if len(figures.learners) <= 2 else 2
    astray = [exercise for exercise in figures.exercises.values() if exercise.astray >= least]
    astray.sort(key=lambda exercise: (-exercise.astray, exercise.tried))
    causes = figures.causes.commonest
    return [
        Topic(exercise, tuple(cause for cause in causes if cause.exercise == exercise.name))
        for exercise in astray[:MAX_TOPICS]
    ]


def words(name: str) -> str:
    """The name of a mistake or an exercise as words.

    Examples
    --------
    >>> words("dense_without_bias"), words("AdamWithoutCorrection")
    ('dense without bias', 'Adam Without Correction')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " "))
