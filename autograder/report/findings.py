"""What stands out in a class's results, in sentences."""

from collections import Counter

from autograder.exercises.manifest import lesson_of
from autograder.report.class_figures import ClassFigures
from autograder.report.comparison import Comparison
from autograder.report.markup import Markup, joined

ENOUGH = 5  # below so many learners nothing is said to stand out


def findings(figures: ClassFigures, change: Comparison | None) -> list[Markup]:
    """The most useful sentences, the most useful one first."""
    found = [_change(change), _stop(figures), _scores(figures)]
    return [each for each in found if each is not None]


def _scores(figures: ClassFigures) -> Markup | None:
    if len(figures.learners) < 2 or not figures.max_score:
        return None
    low, high = figures.middle_half
    return joined(
        [
            f"The median is {figures.median:.4g} of {figures.max_score:g} points; the middle half "
            f"of the class lies between {low:.4g} and {high:.4g}."
        ]
    )


def _stop(figures: ClassFigures) -> Markup | None:
    lessons: Counter[str] = Counter()
    for each in figures.learners:
        if each.stopped is not None:
            lessons[figures.exercises[each.stopped].module] += 1
    if not lessons or not figures.learners:
        return None
    module, count = lessons.most_common(1)[0]
    stopped = sum(lessons.values())
    if count < ENOUGH:
        return None
    lesson = lesson_of(module)
    name = f"lesson {lesson.name[0]}, {lesson.title}"
    said = "Nobody has" if stopped == len(figures.learners) else f"{stopped:,} have not"
    where = f"; more stopped in {name}, than anywhere else ({count:,})" if len(lessons) > 1 else ""
    return joined(f"{said} written everything yet{where}.")


def _change(change: Comparison | None) -> Markup | None:
    if change is None:
        return None
    before, now = change.before[0], change.now[0]
    move = "rose" if now > before else "fell" if now < before else "stayed"
    between = f"at {now:.4g}" if move == "stayed" else f"from {before:.4g} to {now:.4g}"
    return joined(
        f"Since the earlier results the median of those in both {move} {between}: "
        f"{_so_many(len(change.risen))} more points, {_so_many(len(change.fallen))} fewer."
    )


def _so_many(count: int) -> str:
    return "nobody has" if count == 0 else "one has" if count == 1 else f"{count:,} have"
