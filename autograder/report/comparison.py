"""How a class changed between two sets of results."""

from dataclasses import dataclass
from statistics import mean, median

from autograder.report.class_figures import ClassFigures


@dataclass(frozen=True)
class ExerciseChange:
    """For how many learners an exercise holds, before and now, among those in both."""

    name: str
    before: int
    now: int
    gained: int
    lost: int


@dataclass(frozen=True)
class Comparison:
    """Two sets of results side by side, for the learners who are in both.

    Attributes
    ----------
    learners : int
        How many are in both.
    arrived, left : int
        How many are in one alone.
    before, now : tuple of float
        Median and mean score.
    risen, fallen : tuple
        Learners whose score is higher or lower now: name, score before, score now; those who
        changed most come first.
    exercises : tuple of ExerciseChange
        In course order.
    """

    learners: int
    arrived: int
    left: int
    before: tuple[float, float]
    now: tuple[float, float]
    risen: tuple[tuple[str, float, float], ...]
    fallen: tuple[tuple[str, float, float], ...]
    exercises: tuple[ExerciseChange, ...]


def compared(before: ClassFigures, now: ClassFigures) -> Comparison | None:
    """The comparison, or None where nobody is in both."""
    earlier = {each.name: each for each in before.learners}
    pairs = [(earlier[each.name], each) for each in now.learners if each.name in earlier]
    if not pairs:
        return None
    names = [name for name in now.exercises if name in before.exercises]
    moved = sorted(
        ((new.name, old.score, new.score) for old, new in pairs if old.score != new.score),
        key=lambda each: (-abs(each[2] - each[1]), each[0]),
    )
    changes = []
    for name in names:
        held = [(name in old.holding, name in new.holding) for old, new in pairs]
        changes.append(
            ExerciseChange(
                name=name,
                before=sum(old for old, _ in held),
                now=sum(new for _, new in held),
                gained=sum(new and not old for old, new in held),
                lost=sum(old and not new for old, new in held),
            )
        )
    return Comparison(
        learners=len(pairs),
        arrived=len(now.learners) - len(pairs),
        left=len(before.learners) - len(pairs),
        before=_middle([old.score for old, _ in pairs]),
        now=_middle([new.score for _, new in pairs]),
        risen=tuple(each for each in moved if each[2] > each[1]),
        fallen=tuple(each for each in moved if each[2] < each[1]),
        exercises=tuple(changes),
    )


def _middle(scores: list[float]) -> tuple[float, float]:
    return median(scores), mean(scores)
