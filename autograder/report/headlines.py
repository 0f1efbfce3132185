"""What stands out in a class's results, in sentences."""

from collections import Counter

from autograder.exercises.manifest import lesson_of
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
    modules: Counter[str] = Counter()
    for exercise, learners in figures.stopped.items():
        modules[figures.exercises[exercise].module] += len(learners)
    if max(modules.values(), default=0) < ENOUGH:
        return ""
    everybody = modules.total() == len(figures.learners)
    said = "Nobody has" if everybody else f"{modules.total():,} have not"
    where = ""
    if len(modules) > 1:
        module, count = modules.most_common(1)[0]
        lesson = lesson_of(module)
        name = f"lesson {lesson.name[0]}, {lesson.title}"
        where = f"; more stopped in {name}, than anywhere else ({count:,})"
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
