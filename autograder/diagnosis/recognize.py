"""Which known mistake does exactly what a learner's function did."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from types import ModuleType

import numpy as np

from autograder.catalogue import Mistake, solved_module
from autograder.diagnosis.evidence.candidates import Budget, Candidate, Exhausted
from autograder.diagnosis.evidence.interview import Interview
from autograder.diagnosis.evidence.replay import Comparison, size
from autograder.exercises import exercise
from autograder.judging import Judgement, Seed
from autograder.outcomes import Outcome

MOST_CALLS = 20_000
COMPLETE = (Outcome.PASSED, Outcome.FAILED, Outcome.RAISED)
Fits = Callable[[Mistake], float | None]


def recognize(
    judgements: Sequence[Judgement],
    module: str,
    seed: Seed,
    known: Sequence[Mistake],
    interview: Interview | None = None,
) -> dict[str, Mistake]:
    """The mistake that explains each failed criterion of an exercise, where exactly one does.

    Parameters
    ----------
    judgements : sequence of Judgement
        How the criteria ended.
    module : str
        The course module.
    seed : Seed
        What the criteria drew their inputs from.
    known : sequence of Mistake
        The known mistakes of the exercise.
    interview : Interview or None
        The learner's answers to all questions, where they are known; else the calls that the
        criteria made are compared. Where a right answer shuffles, values cannot be compared; there
        a mistake explains what it did if all criteria end with the same findings.

    Returns
    -------
    dict
        Mistakes by the name of the criterion.
    """
    judged = [each for each in judgements if each.outcome in COMPLETE]
    failed = [each for each in judged if not each.passed]
    if not failed:
        return {}
    budget = Budget(MOST_CALLS)
    comparison = Comparison(seed, budget)
    with np.errstate(all="ignore"):
        if interview is not None:
            fits = partial(_answers, interview, judged, module, comparison, budget)
            found = _likeliest(known, fits)
            return {each.criterion.name: found[0] for each in failed} if len(found) == 1 else {}
        follows = partial(_follows, comparison, judged, module)
        ways: list[Fits] = [partial(follows, closely=True), partial(follows, closely=False)]
        if exercise(judged[0].criterion.exercise).shuffles:
            ways.append(partial(_ends, comparison, judged, module))
        for way in ways:
            found = _likeliest(known, way)
            if len(found) == 1:
                return {each.criterion.name: found[0] for each in failed}
            if found:
                return {}
        explained = {}
        for each in failed:
            found = _likeliest(known, partial(_follows, comparison, [each], module, closely=True))
            found = [one for one in found if _holds_too(comparison, judged, module, one)]
            if len(found) == 1 and each.outcome is Outcome.FAILED:
                explained[each.criterion.name] = found[0]
    return explained


def easiest_first(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Judgements in the order in which they tell most at least cost."""

    def cost(each: Judgement) -> tuple[bool, bool, int]:
        one = each.criterion
        return one.varies, each.passed, size(each)

    return sorted(judgements, key=cost)


def _likeliest(known: Sequence[Mistake], fits: Fits) -> list[Mistake]:
    """The mistakes that fit best."""
    found: list[tuple[float, Mistake]] = []
    for each in known:
        try:
            badness = fits(each)
        except Exhausted:
            return []
        if badness is not None:
            found.append((badness, each))
    least = min((badness for badness, _ in found), default=0.0)
    return [each for badness, each in found if badness == least]


def _answers(
    interview: Interview,
    judged: Sequence[Judgement],
    module: str,
    comparison: Comparison,
    budget: Budget,
    known: Mistake,
) -> float | None:
    """How many answers a mistake misses; it must also end all criteria as the learner's did.

    There is more to a call than its answer: a warning, an argument that was changed.
    """
    candidate = _candidate(known, module)
    missed = candidate.misses(interview, budget)
    if missed is not None and all(
        comparison.ends_alike(candidate, each) for each in easiest_first(judged)
    ):
        return missed
    return None


def _follows(
    comparison: Comparison,
    judged: Sequence[Judgement],
    module: str,
    known: Mistake,
    *,
    closely: bool,
) -> float | None:
    """0 if a mistake goes through all criteria as the learner's function did."""
    session = _candidate(known, module).session()
    return 0.0 if comparison.goes_alike_in(session, judged, closely=closely) else None


def _ends(
    comparison: Comparison, judged: Sequence[Judgement], module: str, known: Mistake
) -> float | None:
    """0 if a mistake ends all criteria as the learner's function did."""
    candidate = _candidate(known, module)
    alike = all(comparison.ends_alike(candidate, each) for each in easiest_first(judged))
    return 0.0 if alike else None


def _holds_too(
    comparison: Comparison, judged: Sequence[Judgement], module: str, known: Mistake
) -> bool:
    """Whether a mistake holds wherever the learner's function does: else it is another one."""
    candidate = _candidate(known, module)
    right = [each for each in easiest_first(judged) if each.passed]
    try:
        return all(comparison.ends_alike(candidate, each) for each in right)
    except Exhausted:
        return False


class _Made:
    """The module of a known mistake."""

    def __init__(self, known: Mistake, module: str) -> None:
        self._known, self._module = known, module

    def home(self) -> ModuleType:
        """The solutions with the mistake among them."""
        return solved_module(self._module, {self._known.exercise: self._known.answer})


@cache
def _candidate(known: Mistake, module: str) -> Candidate:
    return Candidate(_Made(known, module), module, apart=False)
