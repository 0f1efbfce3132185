"""What stands out in a class's results, in sentences."""

from collections import Counter

from autograder.exercises.manifest import Lesson
from autograder.report.comparison import Comparison
from autograder.report.figures import ClassFigures

ENOUGH = 5  # below so many learners nothing is said to stand out


def headlines(figures: ClassFigures, change: Comparison | None) -> list[str]:
    """The most useful sentences, the most useful one first."""
    found = [_change(change), _stopped(figures), _scores(figures)]
    return [sentence for sentence in found if sentence]


def _scores(figures: ClassFigures) -> str:
    if len(figures.learners) < 2 or not figures.max_score:
        return ""
    low, high = figures.middle_half
    return (
        f"The median is {figures.median:.4g} of {figures.max_score:g} points; the middle half "
        f"of the class lies between {low:.4g} and {high:.4g}."
    )


def _stopped(figures: ClassFigures) -> str:
    lessons: Counter[Lesson | None] = Counter()
    for exercise, learners in figures.stopped.items():
        lessons[figures.exercises[exercise].lesson] += len(learners)
    (lesson, most), (_, second) = [*lessons.most_common(2), (None, 0), (None, 0)][:2]
    if most < ENOUGH:
        return ""
    everybody = lessons.total() == len(figures.learners)
    said = "Nobody has" if everybody else f"{lessons.total():,} have not"
    where = ""
    if lesson and most > second > 0:
        name = f"lesson {lesson.name[0]}, {lesson.title}"
        where = f"; more stopped in {name}, than anywhere else ({most:,})"
    return f"{said} written everything yet{where}."


def _change(change: Comparison | None) -> str:
    if change is None:
        return ""
    before, now = change.before[0], change.now[0]
    move = "rose" if now > before else "fell" if now < before else "stayed"
    between = f"at {now:.4g}" if move == "stayed" else f"from {before:.4g} to {now:.4g}"
    return (
        f"Since the earlier results the median of those in both {move} {between}: "
        f"{_so_many(len(change.risen))} more points, {_so_many(len(change.fallen))} fewer."
    )


def _so_many(count: int) -> str:
    return "nobody has" if count == 0 else "one has" if count == 1 else f"{count:,} have"
