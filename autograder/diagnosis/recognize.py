"""Which known mistake does exactly what a learner's function did."""

from collections.abc import Callable, Sequence
from functools import cache, partial

import numpy as np

from autograder.checking.judge import Judgment, Seed
from autograder.diagnosis.evidence.candidates import Budget, Candidate, Exhausted, Fits
from autograder.diagnosis.evidence.interview import Interview
from autograder.diagnosis.evidence.replay import COMPLETE, Comparison
from autograder.exercises.manifest import exercise
from autograder.exercises.registry import Mistake, solved_module
from autograder.sandbox.outcomes import Outcome

MAX_CALLS = 20_000


def recognize(
    judgments: Sequence[Judgment],
    module: str,
    seed: Seed,
    known: Sequence[Mistake],
    interview: Interview | None = None,
    over: Callable[[], bool] = lambda: False,
) -> dict[str, Mistake]:
    """The known mistakes that explain the failed criteria, by their names, where exactly one does.

    Where there is no interview, the calls that the criteria made are compared. Where a right answer
    shuffles, values cannot be compared; there a mistake explains what it did if all criteria end
    with the same findings. The search ends where `over` says that its time has run out.
    """
    judged = [judgment for judgment in judgments if judgment.outcome in COMPLETE]
    failed = [judgment for judgment in judged if not judgment.passed]
    if not failed:
        return {}
    budget = Budget(MAX_CALLS, over)
    comparison = Comparison(seed, budget)

    def answers(candidate: Candidate) -> float | None:
        """There is more to a call than its answer: a warning, an argument that was changed."""
        missed = None if interview is None else candidate.misses(interview, budget)
        return missed if missed is not None and comparison.same_endings(candidate, judged) else None

    ways: list[Fits] = [answers]
    if interview is None:
        ways = [
            partial(comparison.misses_in, judged=judged, closely=True),
            partial(comparison.misses_in, judged=judged, closely=False),
        ]
        if exercise(judged[0].criterion.exercise).shuffles:
            ways.append(
                lambda candidate: 0.0 if comparison.same_endings(candidate, judged) else None
            )
    with np.errstate(all="ignore"):
        for fits in ways:
            found = _likeliest(known, module, fits)
            if found:
                return _explaining(failed, found)
        return {} if interview is not None else _one_by_one(comparison, judged, known, module)


def _explaining(failed: Sequence[Judgment], found: Sequence[Mistake]) -> dict[str, Mistake]:
    return {judgment.criterion.name: found[0] for judgment in failed} if len(found) == 1 else {}


def _one_by_one(
    comparison: Comparison, judged: Sequence[Judgment], known: Sequence[Mistake], module: str
) -> dict[str, Mistake]:
    """The mistakes that explain one failed criterion each, and hold wherever the learner's does."""
    explained: dict[str, Mistake] = {}
    right = [judgment for judgment in judged if judgment.passed]
    for failed in judged:
        if failed.outcome is not Outcome.FAILED:
            continue
        found = _likeliest(
            known, module, partial(comparison.misses_in, judged=[failed], closely=True)
        )
        try:
            found = [m for m in found if comparison.same_endings(_candidate(m, module), right)]
        except Exhausted:
            found = []
        explained |= _explaining([failed], found)
    return explained


def _likeliest(known: Sequence[Mistake], module: str, fits: Fits) -> list[Mistake]:
    """The mistakes that fit best."""
    try:
        found = [(fits(_candidate(mistake, module)), mistake) for mistake in known]
    except Exhausted:
        return []
    least = min((badness for badness, _ in found if badness is not None), default=None)
    return [mistake for badness, mistake in found if badness is not None and badness == least]


@cache
def _candidate(known: Mistake, module: str) -> Candidate:
    home = partial(solved_module, module, {known.exercise: known.answer})
    return Candidate(home, module, apart=False)
