"""What a class's results add up to: scores, exercises, criteria, causes, and who is stuck."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from statistics import mean, median, quantiles

from autograder.exercises.manifest import EXERCISES, LESSONS, Exercise, Lesson
from autograder.grading.results import CriterionResult, ExerciseResult, SubmissionResult
from autograder.report.causes import Causes
from autograder.report.items import Item
from autograder.sandbox.outcomes import Outcome

BONUS = frozenset(exercise.name for exercise in EXERCISES if exercise.bonus)


class State(StrEnum):
    """How far a learner is with an exercise."""

    HOLDS = "holds"
    ASTRAY = "does not hold yet"
    NOT_WRITTEN = "not written"


@dataclass
class CriterionFigures:
    """How a criterion went for those who had written the exercise."""

    exercise: str
    name: str
    title: str
    judged: int = 0
    unmet: int = 0


@dataclass
class ExerciseFigures:
    """How an exercise, or all exercises of a lesson together, went.

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
        The criteria, by title, that learners failed first whose card names no cause.
    not_imported : int
        How many of those for whom it does not hold yet have a module that cannot be imported.
    item : Item
        How hard it is, and how well it tells learners apart.
    """

    name: str
    module: str
    max_score: float
    states: Counter[State] = field(default_factory=Counter)
    points: float = 0.0
    criteria: dict[str, CriterionFigures] = field(default_factory=dict)
    unexplained: Counter[str] = field(default_factory=Counter)
    not_imported: int = 0
    item: Item = field(default_factory=Item)

    @property
    def known(self) -> Exercise | None:
        """The exercise in the manifest, where it still is."""
        return next((exercise for exercise in EXERCISES if exercise.name == self.name), None)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that it belongs to."""
        return next((lesson for lesson in LESSONS if lesson.module == self.module), None)

    @property
    def number(self) -> str:
        """The number of its lesson, or else the name of its module."""
        return self.lesson.name[0] if self.lesson else self.module

    @property
    def bonus(self) -> bool:
        """Whether its points come on top."""
        return self.name in BONUS

    @property
    def learners(self) -> int:
        """How many were graded."""
        return self.states.total()

    @property
    def counts(self) -> list[int]:
        """How many are in each state."""
        return [self.states[state] for state in State]

    @property
    def tried(self) -> int:
        """How many have written it, in a module that can be imported."""
        return self.states[State.HOLDS] + self.astray

    @property
    def astray(self) -> int:
        """How many of those have written it in vain so far."""
        return self.states[State.ASTRAY] - self.not_imported


@dataclass(frozen=True)
class Learner:
    """One learner in short, without bonus points: which exercises hold, where they are stuck (the
    first exercise that was written and does not hold yet, and its first criterion that fails), and
    before which exercise they stopped writing.
    """

    name: str
    score: float
    by_module: dict[str, float]
    holding: tuple[str, ...]
    stuck: str | None
    hurdle: str | None
    stopped: str | None
    complete: bool

    def points_of(self, modules: Sequence[str]) -> list[float]:
        """The points in some modules."""
        return [round(self.by_module.get(module, 0.0), 6) for module in modules]


@dataclass
class ClassFigures:
    """Everything that the report says about one set of results."""

    learners: list[Learner] = field(default_factory=list)
    exercises: dict[str, ExerciseFigures] = field(default_factory=dict)
    unscored: list[tuple[str, str, str]] = field(default_factory=list)  # student, status, reason
    max_score: float = 0.0
    causes: Causes = field(default_factory=Causes)
    not_imported: Counter[tuple[str, str]] = field(default_factory=Counter)  # module, reason
    to_look_at: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  # student, reasons

    def add(self, result: SubmissionResult) -> None:
        """Count one submission."""
        self.max_score = max(self.max_score, result.max_score)
        if result.score is None:
            self.unscored.append((result.student, result.status, result.reason or ""))
            return
        not_imported = dict(result.not_imported)
        self.not_imported.update(result.not_imported)
        if result.look:
            self.to_look_at.append((result.student, result.look))
        for exercise in result.exercises:
            self._count(result.student, exercise, imported=exercise.module not in not_imported)
            own = 0.0 if exercise.name in BONUS else exercise.score
            item = self.exercises[exercise.name].item
            item.add(holds=exercise.passed, rest=result.score - own)
        self.learners.append(_learner(result, result.score))

    def _count(self, student: str, exercise: ExerciseResult, *, imported: bool) -> None:
        name = exercise.name
        if name not in self.exercises:
            self.exercises[name] = ExerciseFigures(name, exercise.module, exercise.max_score)
        figures, state = self.exercises[name], state_of(exercise)
        figures.states[state] += 1
        figures.points += exercise.score
        if not imported and state is State.ASTRAY:
            figures.not_imported += 1
            return
        if not self.causes.add(student, exercise) and state is State.ASTRAY:
            figures.unexplained[_first_unmet(exercise).title] += 1
        for criterion in exercise.criteria:
            counted = figures.criteria.setdefault(
                criterion.name, CriterionFigures(name, criterion.name, criterion.title)
            )
            if state is not State.NOT_WRITTEN and criterion.outcome is not Outcome.NOT_RUN:
                counted.judged += 1
                counted.unmet += not criterion.passed

    @cached_property
    def scores(self) -> list[float]:
        """All scores, from the lowest to the highest."""
        return sorted(learner.score for learner in self.learners)

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
        """Between which scores the middle half of the class is."""
        if len(self.scores) < 2:
            return self.median, self.median
        low, _, high = quantiles(self.scores, n=4, method="inclusive")
        return low, high

    @property
    def complete(self) -> int:
        """How many have everything, bonus left out."""
        return sum(learner.complete for learner in self.learners)

    @property
    def by_module(self) -> dict[str, list[ExerciseFigures]]:
        """Exercises by module, in course order."""
        found: dict[str, list[ExerciseFigures]] = {}
        for exercise in self.exercises.values():
            found.setdefault(exercise.module, []).append(exercise)
        return found

    @property
    def hardest_criteria(self) -> list[CriterionFigures]:
        """Criteria that some do not meet, those that most do not meet first."""
        criteria = [
            criterion
            for exercise in self.exercises.values()
            for criterion in exercise.criteria.values()
        ]
        found = [criterion for criterion in criteria if criterion.unmet]
        return sorted(found, key=lambda criterion: (-criterion.unmet, criterion.name))

    @property
    def stuck(self) -> dict[str, list[Learner]]:
        """Learners by the exercise that holds them up, in course order."""
        return self._grouped(lambda learner: learner.stuck)

    @property
    def stopped(self) -> dict[str, list[Learner]]:
        """Learners by the exercise before which they stopped writing, in course order."""
        return self._grouped(lambda learner: learner.stopped)

    def _grouped(self, place: Callable[[Learner], str | None]) -> dict[str, list[Learner]]:
        found: dict[str, list[Learner]] = {name: [] for name in self.exercises}
        for learner in self.learners:
            if name := place(learner):
                found[name].append(learner)
        return {name: learners for name, learners in found.items() if learners}


def class_figures(results: Iterable[SubmissionResult]) -> ClassFigures:
    """Count results, one by one: only a few numbers of each submission are kept."""
    figures = ClassFigures()
    for result in results:
        figures.add(result)
    return figures


def lesson_figures(exercises: Sequence[ExerciseFigures]) -> ExerciseFigures:
    """The exercises of a lesson added up, bonus left out where there is anything else."""
    lesson, module = exercises[0].lesson, exercises[0].module
    counted = [exercise for exercise in exercises if not exercise.bonus] or exercises
    whole = ExerciseFigures(
        name=f"{lesson.name[0]} · {lesson.title}" if lesson else module,
        module=module,
        max_score=sum(exercise.max_score for exercise in counted),
        points=sum(exercise.points for exercise in counted),
    )
    for exercise in counted:
        whole.states.update(exercise.states)
    return whole


def state_of(exercise: ExerciseResult) -> State:
    """How far a learner is with an exercise."""
    if exercise.passed:
        return State.HOLDS
    return State.NOT_WRITTEN if exercise.outcome is Outcome.NOT_WRITTEN else State.ASTRAY


def _learner(result: SubmissionResult, score: float) -> Learner:
    by_module: defaultdict[str, float] = defaultdict(float)
    by_state: dict[State, list[ExerciseResult]] = {state: [] for state in State}
    for exercise in result.exercises:
        by_state[state_of(exercise)].append(exercise)
        if exercise.name not in BONUS:
            by_module[exercise.module] += exercise.score
    astray = next(iter(by_state[State.ASTRAY]), None)
    unwritten = (exercise.name for exercise in by_state[State.NOT_WRITTEN])
    return Learner(
        name=result.student,
        score=score,
        by_module=dict(by_module),
        holding=tuple(exercise.name for exercise in by_state[State.HOLDS]),
        stuck=astray.name if astray else None,
        hurdle=_hurdle(astray, dict(result.not_imported)) if astray else None,
        stopped=next((name for name in unwritten if name not in BONUS), None),
        complete=all(
            exercise.passed for exercise in result.exercises if exercise.name not in BONUS
        ),
    )


def _hurdle(exercise: ExerciseResult, not_imported: dict[str, str]) -> str:
    if exercise.module in not_imported:
        return f"course/{exercise.module}.py cannot be imported"
    return _first_unmet(exercise).title


def _first_unmet(exercise: ExerciseResult) -> CriterionResult:
    unmet = [criterion for criterion in exercise.criteria if not criterion.passed]
    return next(
        (criterion for criterion in unmet if criterion.outcome is not Outcome.NOT_RUN), unmet[0]
    )
