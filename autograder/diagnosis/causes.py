"""The cause to name for each criterion that does not hold, where no known mistake explains it."""

from collections.abc import Sequence

from autograder.diagnosis.cases import cases_of
from autograder.diagnosis.exceptions import ARRAY_FIRST, cause_of_exception
from autograder.diagnosis.near_misses import nearest
from autograder.diagnosis.relations import relation_of
from autograder.expectations import Unmet
from autograder.judging import Judgement, Seed
from autograder.outcomes import Outcome, Raised

MOST_LETTERS = 240
MOST_ALTERNATIVES = 2


def causes_of(
    judgements: Sequence[Judgement],
    exercise: str,
    module: str,
    seed: Seed,
    further: Sequence[Judgement] = (),
) -> dict[str, str]:
    """Sentences that name what is behind the criteria that do not hold.

    Parameters
    ----------
    judgements : sequence of Judgement
        How the criteria of one exercise ended, with the transcripts of their calls.
    exercise, module : str
        Which exercise.
    seed : Seed
        What the criteria drew their inputs from.
    further : sequence of Judgement
        How those ended that do not count, because others have to hold first.

    Returns
    -------
    dict
        Sentences by the names of criteria; a criterion whose finding says enough has none.
    """
    failed = [each for each in judgements if each.outcome in (Outcome.FAILED, Outcome.RAISED)]
    if not failed or all(_says_enough(each) for each in failed):
        return {}
    sentence = _sentence(judgements, exercise, module, seed, further)
    if sentence is None or len(sentence) > MOST_LETTERS:
        return {}
    return {each.criterion.name: sentence for each in failed if not _says_enough(each)}


def _says_enough(judgement: Judgement) -> bool:
    """Whether what was found, or the advice with it, is the cause itself."""
    error = judgement.error
    if isinstance(error, Raised):
        return cause_of_exception(error) == ARRAY_FIRST
    return isinstance(error, Unmet) and bool(error.advice)


def _sentence(
    judgements: Sequence[Judgement],
    exercise: str,
    module: str,
    seed: Seed,
    further: Sequence[Judgement],
) -> str | None:
    cases = cases_of(judgements, module, seed)
    more = [each for each in further if each.outcome in (Outcome.PASSED, Outcome.FAILED)]
    everything = [*cases, *cases_of(more, module, seed)]
    for evidence in (everything, cases):
        if relation := relation_of(evidence):
            return relation
    changes = nearest(judgements, exercise, module, seed, further)
    if not changes:
        return relation_of(everything, likely=False) or relation_of(cases, likely=False)
    equal = [each for each in changes if each.rank == changes[0].rank]
    alternatives = list(dict.fromkeys(each.says for each in equal))[:MOST_ALTERNATIVES]
    sentence = f"Exactly this comes out {', or '.join(alternatives)}."
    if len(sentence) > MOST_LETTERS:
        sentence = f"Exactly this comes out {alternatives[0]}."
    return sentence
