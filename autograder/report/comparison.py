"""How a class changed between two sets of results."""

from dataclasses import dataclass
from statistics import mean, median

from autograder.report.figures import ClassFigures


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
        How many are only in the later, and only in the earlier one.
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
    earlier = {learner.name: learner for learner in before.learners}
    pairs = [(earlier[new.name], new) for new in now.learners if new.name in earlier]
    if not pairs:
        return None
    moved = sorted(
        ((new.name, old.score, new.score) for old, new in pairs if old.score != new.score),
        key=lambda move: (-abs(move[2] - move[1]), move[0]),
    )
    changes = []
    for name in (name for name in now.exercises if name in before.exercises):
        held = [(name in old.holding, name in new.holding) for old, new in pairs]
        changes.append(
            ExerciseChange(
                name=name,
                before=sum(old for old, _ in held),
                now=sum(new for _, new in held),
                gained=held.count((False, True)),
                lost=held.count((True, False)),
            )
        )
    scores_before = [old.score for old, _ in pairs]
    scores_now = [new.score for _, new in pairs]
    return Comparison(
        learners=len(pairs),
        arrived=len(now.learners) - len(pairs),
        left=len(before.learners) - len(pairs),
        before=(median(scores_before), mean(scores_before)),
        now=(median(scores_now), mean(scores_now)),
        risen=tuple((name, old, new) for name, old, new in moved if new > old),
        fallen=tuple((name, old, new) for name, old, new in moved if new < old),
        exercises=tuple(changes),
    )
