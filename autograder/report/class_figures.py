"""What a class's results add up to: scores, exercises, criteria, mistakes, and who is stuck."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from statistics import mean, median, quantiles

from autograder.checking.mistake import Mistake, mistakes_in
from autograder.exercises.manifest import EXERCISES, LESSONS, Exercise, Lesson
from autograder.grading.results import CriterionResult, ExerciseResult, SubmissionResult
from autograder.sandbox.outcomes import Outcome

BONUS = frozenset(each.name for each in EXERCISES if each.bonus)


class State(StrEnum):
    """How far a learner is with an exercise."""

    HOLDS = "holds"
    ASTRAY = "does not hold yet"
    NOT_WRITTEN = "not written"


@dataclass
class CriterionFigures:
    """How a criterion went for those who had written the exercise."""

    name: str
    title: str
    judged: int = 0
    unmet: int = 0
    mistakes: Counter[str] = field(default_factory=Counter)


@dataclass
class ExerciseFigures:
    """How an exercise went.

    Attributes
    ----------
    name, module, max_score
        Which exercise it is.
    states : Counter
        How many learners are how far with it.
    points : float
        All points that were had in it.
    criteria : dict
        Its criteria by name.
    unexplained : Counter
        The criteria, by title, that learners without a named mistake failed first.
    """

    name: str
    module: str
    max_score: float
    states: Counter[State] = field(default_factory=Counter)
    points: float = 0.0
    criteria: dict[str, CriterionFigures] = field(default_factory=dict)
    unexplained: Counter[str] = field(default_factory=Counter)

    @property
    def known(self) -> Exercise | None:
        """The exercise in the manifest, where it still is."""
        return next((each for each in EXERCISES if each.name == self.name), None)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that it belongs to."""
        return next((each for each in LESSONS if each.module == self.module), None)

    @property
    def learners(self) -> int:
        """How many were graded."""
        return sum(self.states.values())

    @property
    def tried(self) -> int:
        """How many have written it."""
        return self.states[State.HOLDS] + self.states[State.ASTRAY]

    def share(self, state: State) -> float:
        """The share of all learners in a state."""
        return self.states[state] / self.learners if self.learners else 0.0


@dataclass(frozen=True)
class Place:
    """Where a learner is stuck: the first written exercise that does not hold yet."""

    exercise: str
    criterion: str
    mistake: str | None


@dataclass(frozen=True)
class Learner:
    """One learner in short.

    Attributes
    ----------
    name : str
        The student.
    score : float
        Points without bonus.
    by_module : dict
        Points by module.
    holding : frozenset of str
        Exercises that hold.
    stuck : Place or None
        Where the first exercise is that was written and does not hold.
    stopped : str or None
        The first exercise that is not written, bonus left out.
    complete : bool
        Whether every exercise holds, bonus left out.
    """

    name: str
    score: float
    by_module: dict[str, float]
    holding: frozenset[str]
    stuck: Place | None
    stopped: str | None
    complete: bool


@dataclass(frozen=True)
class MistakeFigures:
    """A known mistake, and how many made it."""

    name: str
    exercise: str
    learners: int
    known: Mistake | None


@dataclass
class ClassFigures:
    """Everything that the report tells about one set of results."""

    learners: list[Learner] = field(default_factory=list)
    exercises: dict[str, ExerciseFigures] = field(default_factory=dict)
    unscored: list[tuple[str, str, str]] = field(default_factory=list)  # student, status, reason
    max_score: float = 0.0
    mistakes: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, result: SubmissionResult) -> None:
        """Count one submission."""
        self.max_score = max(self.max_score, result.max_score)
        if result.score is None:
            self.unscored.append((result.student, result.status, result.reason or ""))
            return
        for each in result.exercises:
            self._count(each)
        made = {
            (each.module, each.name, one.mistake)
            for each in result.exercises
            for one in each.criteria
            if one.mistake
        }
        self.mistakes.update(made)
        self.learners.append(_learner(result))

    def _count(self, each: ExerciseResult) -> None:
        figures = self.exercises.get(each.name)
        if figures is None:
            figures = ExerciseFigures(each.name, each.module, each.max_score)
            self.exercises[each.name] = figures
        state = state_of(each)
        figures.states[state] += 1
        figures.points += each.score
        if state is State.ASTRAY and not any(one.mistake for one in each.criteria):
            figures.unexplained[_place(each).criterion] += 1
        for one in each.criteria:
            criterion = figures.criteria.get(one.name)
            if criterion is None:
                criterion = figures.criteria[one.name] = CriterionFigures(one.name, one.title)
            if state is State.NOT_WRITTEN or one.outcome is Outcome.NOT_RUN:
                continue
            criterion.judged += 1
            criterion.unmet += not one.passed
            if one.mistake:
                criterion.mistakes[one.mistake] += 1

    @cached_property
    def scores(self) -> list[float]:
        """All scores, from the lowest to the highest."""
        return sorted(each.score for each in self.learners)

    @property
    def median(self) -> float:
        """The score in the middle."""
        return median(self.scores) if self.scores else 0.0

    @property
    def mean(self) -> float:
        """The mean score."""
        return mean(self.scores) if self.scores else 0.0

    @property
    def middle_half(self) -> tuple[float, float]:
        """Between which scores the middle half of the class lies."""
        if len(self.scores) < 2:
            return self.median, self.median
        low, _, high = quantiles(self.scores, n=4, method="inclusive")
        return low, high

    @property
    def by_module(self) -> dict[str, list[ExerciseFigures]]:
        """Exercises by module, in course order."""
        found: dict[str, list[ExerciseFigures]] = {}
        for each in self.exercises.values():
            found.setdefault(each.module, []).append(each)
        return found

    @property
    def commonest_mistakes(self) -> list[MistakeFigures]:
        """The known mistakes that were made, the commonest first."""
        found = []
        for (module, exercise, name), count in self.mistakes.items():
            known = next((each for each in mistakes_in(module) if each.name == name), None)
            found.append(MistakeFigures(name, exercise, count, known))
        return sorted(found, key=lambda each: (-each.learners, each.name))

    @property
    def hardest_criteria(self) -> list[tuple[ExerciseFigures, CriterionFigures]]:
        """Criteria that some do not meet, those that most do not meet first."""
        found = [
            (each, one)
            for each in self.exercises.values()
            for one in each.criteria.values()
            if one.unmet
        ]
        return sorted(found, key=lambda pair: (-pair[1].unmet, pair[1].name))


def class_figures(results: Iterable[SubmissionResult]) -> ClassFigures:
    """Count results, one by one: only a few numbers of each submission are kept."""
    figures = ClassFigures()
    for each in results:
        figures.add(each)
    return figures


def state_of(each: ExerciseResult) -> State:
    """How far a learner is with an exercise."""
    if each.passed:
        return State.HOLDS
    return State.NOT_WRITTEN if each.outcome is Outcome.NOT_WRITTEN else State.ASTRAY


def _learner(result: SubmissionResult) -> Learner:
    assert result.score is not None
    by_module: defaultdict[str, float] = defaultdict(float)
    for each in result.exercises:
        if each.name not in BONUS:
            by_module[each.module] += each.score
    states = {each.name: state_of(each) for each in result.exercises}
    astray = [each for each in result.exercises if states[each.name] is State.ASTRAY]
    unwritten = [name for name, state in states.items() if state is State.NOT_WRITTEN]
    unwritten = [name for name in unwritten if name not in BONUS]
    return Learner(
        name=result.student,
        score=result.score,
        by_module=dict(by_module),
        holding=frozenset(name for name, state in states.items() if state is State.HOLDS),
        stuck=_place(astray[0]) if astray else None,
        stopped=unwritten[0] if unwritten else None,
        complete=all(each.passed for each in result.exercises if each.name not in BONUS),
    )


def _place(each: ExerciseResult) -> Place:
    unmet: list[CriterionResult] = [one for one in each.criteria if not one.passed]
    first = next((one for one in unmet if one.outcome is not Outcome.NOT_RUN), unmet[0])
    return Place(each.name, first.title, first.mistake)
