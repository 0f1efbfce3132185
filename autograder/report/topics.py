"""What to teach again: the exercises that most learners wrote and that do not hold, and why not."""

import re
from collections import Counter
from dataclasses import dataclass

from autograder.report import plots
from autograder.report.class_figures import ClassFigures, ExerciseFigures, MistakeFigures, State
from autograder.report.markup import Content, Markup, prose, tag

MOST_TOPICS = 5
MOST_CAUSES = 3


@dataclass(frozen=True)
class Topic:
    """An exercise to come back to.

    Attributes
    ----------
    exercise : ExerciseFigures
        How it went.
    causes : tuple of MistakeFigures
        The known mistakes that were made in it, the commonest first.
    """

    exercise: ExerciseFigures
    causes: tuple[MistakeFigures, ...]

    @property
    def astray(self) -> int:
        """How many learners wrote it in vain so far."""
        return self.exercise.states[State.ASTRAY]

    @property
    def reading(self) -> str:
        """The section of the lesson that explains most of it."""
        read = Counter[str]()
        for each in self.causes:
            if each.known is not None:
                read[each.known.read] += each.learners
        if read:
            return read.most_common(1)[0][0]
        lesson = self.exercise.lesson
        return f"Lesson {lesson.name[0]}" if lesson else self.exercise.module


def topics(figures: ClassFigures) -> list[Topic]:
    """The exercises that do not hold for most learners, the most urgent first.

    Where a class is larger than two, what concerns one learner alone is no topic for all.
    """
    least = 1 if len(figures.learners) <= 2 else 2
    astray = [each for each in figures.exercises.values() if each.states[State.ASTRAY] >= least]
    astray.sort(key=lambda each: (-each.states[State.ASTRAY], each.tried))
    mistakes = figures.commonest_mistakes
    return [
        Topic(each, tuple(one for one in mistakes if one.exercise == each.name))
        for each in astray[:MOST_TOPICS]
    ]


def teach_again(figures: ClassFigures) -> Markup:
    """The topics as a list: how many learners, which exercise, which mistakes."""
    found = topics(figures)
    if not found:
        return tag("p", "Nothing: what was written holds, but for single learners.")
    return tag(
        "div",
        tag("p", "Exercises that do not hold for those who wrote them, and why.", class_="quiet"),
        tag("ol", [_shown(each) for each in found], class_="topics"),
    )


def _shown(topic: Topic) -> Markup:
    each = topic.exercise
    title = each.known.title if each.known else words(each.name)
    return tag(
        "li",
        tag(
            "p",
            tag("strong", f"{topic.astray:,}"),
            tag("span", f" of the {each.tried:,} who wrote it"),
            plots.bar(topic.astray / each.tried, "astray"),
            class_="extent",
        ),
        tag(
            "div",
            tag("h3", title[:1].upper() + title[1:]),
            tag("p", tag("code", each.name), " · ", topic.reading, class_="quiet"),
            tag("ul", _reasons(topic)),
        ),
    )


def _reasons(topic: Topic) -> list[Markup]:
    reasons = []
    for each in topic.causes[:MOST_CAUSES]:
        said: Content = words(each.name)
        if each.known is not None:
            elsewhere = each.known.read if each.known.read != topic.reading else None
            said = [prose(each.known.says), " ", tag("span", elsewhere, class_="read")]
        reasons.append(_reason(each.learners, said))
    others = topic.exercise.unexplained
    rest = others.total() + sum(each.learners for each in topic.causes[MOST_CAUSES:])
    if rest:
        said = ["something else"]
        if others:
            said += ["; what fails most often is ", tag("q", others.most_common(1)[0][0])]
        reasons.append(_reason(rest, [*said, "."]))
    return reasons


def _reason(learners: int, said: Content) -> Markup:
    return tag("li", tag("b", f"{learners:,} ×"), " ", tag("span", said))


def words(name: str) -> str:
    """The name of a mistake or an exercise as words.

    Examples
    --------
    >>> words("dense_without_bias"), words("AdamWithoutCorrection")
    ('dense without bias', 'Adam Without Correction')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " "))
