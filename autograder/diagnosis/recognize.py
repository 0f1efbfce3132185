"""Which known mistake does exactly what a learner's function did."""

from collections.abc import Sequence
from functools import cache, partial
from itertools import combinations

import numpy as np

from autograder.checking.judge import Judgment
from autograder.checking.mistake import Slip
from autograder.diagnosis.evidence.candidates import Budget, Candidate, Exhausted, Fits
from autograder.diagnosis.evidence.courses import COMPLETE, Evidence
from autograder.exercises.manifest import exercise
from autograder.exercises.registry import Mistake, solved_module
from autograder.sandbox.outcomes import Outcome


def recognize(
    judgments: Sequence[Judgment],
    module: str,
    known: Sequence[Mistake],
    evidence: Evidence,
    budget: Budget,
) -> dict[str, Mistake]:
    """The known mistakes that explain the failed criteria, by their names, where exactly one does.

    Where a right answer shuffles, values cannot be compared; there a mistake explains what it did
    if all criteria end with the same findings.
    """
    judged = [judgment for judgment in judgments if judgment.outcome in COMPLETE]
    failed = [judgment for judgment in judged if not judgment.passed]
    if not failed:
        return {}
    shuffles = exercise(judged[0].criterion.exercise).shuffles

    def in_one_session(candidate: Candidate, *, closely: bool) -> float | None:
        if not evidence.begins(candidate, judged, budget):
            return None
        return evidence.misses_in_one_session(candidate, judged, budget, closely=closely)

    def in_the_end(candidate: Candidate) -> float | None:
        return 0.0 if evidence.same_endings(candidate, judged, budget) else None

    ways: list[Fits] = [partial(in_one_session, closely=closely) for closely in (True, False)]
    with np.errstate(all="ignore"):
        for fits in [*ways, in_the_end] if shuffles and not evidence.answers else ways:
            if found := _likeliest(known, module, fits):
                return _explaining(failed, found)
        return _one_by_one(judged, module, known, evidence, budget)


def _explaining(failed: Sequence[Judgment], found: Sequence[Mistake]) -> dict[str, Mistake]:
    return {judgment.criterion.name: found[0] for judgment in failed} if len(found) == 1 else {}


def _one_by_one(
    judged: Sequence[Judgment],
    module: str,
    known: Sequence[Mistake],
    evidence: Evidence,
    budget: Budget,
) -> dict[str, Mistake]:
    """The mistakes that explain one failed criterion each, and hold wherever the learner's does."""
    explained: dict[str, Mistake] = {}
    right = [judgment for judgment in judged if judgment.passed]
    for failed in judged:
        if failed.outcome is Outcome.FAILED and any(call.events for call in failed.transcript):
            fits = partial(
                evidence.misses_in_one_session, judged=[failed], budget=budget, closely=True
            )
            found = _likeliest(known, module, fits)
            try:
                found = [
                    mistake
                    for mistake in found
                    if evidence.same_endings(_candidate(mistake, module), right, budget)
                ]
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


def two_at_once(known: Sequence[Mistake], module: str, fits: Fits) -> str | None:
    """What to say where two known slips together, and no other two, do what a learner's does."""
    slips = [mistake for mistake in known if isinstance(mistake.answer, Slip)]
    pairs = [both for pair in combinations(slips, 2) if (both := _both(*pair))]
    found = _likeliest(pairs, module, fits)
    return found[0].says if len(found) == 1 else None


@cache
def _both(first: Mistake, second: Mistake) -> Mistake | None:
    """Two slips as one mistake; None where they change the same place."""
    answer = first.answer.with_another(second.answer)
    try:
        compile(answer.text, "<two slips>", "exec")
    except (ValueError, SyntaxError):
        return None
    says = f"Two slips at once. {first.says} {second.says}"
    return Mistake(f"{first.name} {second.name}", first.exercise, says, first.read, answer)


@cache
def _candidate(known: Mistake, module: str) -> Candidate:
    home = partial(solved_module, module, {known.exercise: known.answer})
    return Candidate(home, module, known=True)
