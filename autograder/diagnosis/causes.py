"""What is behind the criteria of an exercise that do not hold: a known mistake, or a cause."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from autograder.catalogue import Mistake, recognize, solved_module
from autograder.diagnosis.cases import cases_of, cases_of_questions
from autograder.diagnosis.exceptions import ARRAY_FIRST, cause_of_exception
from autograder.diagnosis.interview import Budget, Differs, Question, interview, misses
from autograder.diagnosis.near_misses import MOST_REPLAYED, asked_before_the_end, nearest
from autograder.diagnosis.relations import relation_of
from autograder.exercises import exercise as entry
from autograder.expectations import Unmet
from autograder.judging import Judgement, Seed, judge
from autograder.outcomes import Outcome, Raised, SessionEnded
from autograder.student import Student

MOST_LETTERS = 240
FELL = (Outcome.FAILED, Outcome.RAISED)


@dataclass(frozen=True)
class Diagnosis:
    """What explains the criteria of one exercise that do not hold, by their names.

    Attributes
    ----------
    mistakes : mapping
        The known mistake that was made.
    causes : mapping
        Where no mistake is known: a sentence on the cause.
    """

    mistakes: Mapping[str, Mistake]
    causes: Mapping[str, str]


@dataclass(frozen=True)
class Evidence:
    """What is known of a learner's answers to one exercise beyond what was judged.

    Attributes
    ----------
    questions : sequence of Question
        Answers to all that the criteria ask; none where functions are handed over.
    further : sequence of Judgement
        How the criteria end that are judged only where others hold.
    """

    questions: Sequence[Question] = ()
    further: Sequence[Judgement] = ()


def diagnose(
    judgements: Sequence[Judgement],
    exercise: str,
    module: str,
    seed: Seed,
    student: Student | None,
    known: Sequence[Mistake],
) -> Diagnosis:
    """Find out what is behind the criteria of one exercise that do not hold.

    Parameters
    ----------
    judgements : sequence of Judgement
        How the criteria ended.
    exercise, module : str
        Which exercise.
    seed : Seed
        What the criteria drew their inputs from.
    student : Student or None
        The submission, where it can be asked more; what it answers earns and costs nothing.
    known : sequence of Mistake
        The known mistakes of the exercise.
    """
    if not any(each.outcome in FELL for each in judgements):
        return Diagnosis({}, {})
    mistakes = recognize(judgements, module, seed, known)
    if entry(exercise).bonus:  # it trains for seconds: not to be asked twice
        return Diagnosis(mistakes, {})
    evidence = Evidence()
    if student is not None and not all(map(_says_enough, _fallen(judgements))):
        evidence = gathered(judgements, exercise, module, seed, student)
    mistakes = {
        name: each
        for name, each in mistakes.items()
        if _explains(each, judgements, module, evidence.questions)
    }
    return Diagnosis(mistakes, causes_of(judgements, exercise, module, seed, evidence))


def gathered(
    judgements: Sequence[Judgement], exercise: str, module: str, seed: Seed, student: Student
) -> Evidence:
    """Ask a submission all that its exercise's criteria ask, to the end."""
    questions = interview(student.performer, exercise, module, seed)
    if questions:
        return Evidence(questions)
    further = []
    for each in judgements:
        if each.outcome is Outcome.NOT_RUN:
            further.append(judge(each.criterion, student, seed))
            if isinstance(further[-1].error, SessionEnded):
                break
    return Evidence(further=further)


def causes_of(
    judgements: Sequence[Judgement], exercise: str, module: str, seed: Seed, evidence: Evidence
) -> dict[str, str]:
    """Sentences on the cause by the names of criteria; where a finding says enough, none."""
    unclear = [each for each in _fallen(judgements) if not _says_enough(each)]
    if not unclear:
        return {}
    sentence = _sentence(judgements, exercise, module, seed, evidence)
    if sentence is None or len(sentence) > MOST_LETTERS:
        return {}
    return {each.criterion.name: sentence for each in unclear}


def _fallen(judgements: Sequence[Judgement]) -> list[Judgement]:
    return [each for each in judgements if each.outcome in FELL]


def _says_enough(judgement: Judgement) -> bool:
    """Whether what was found, or the advice with it, is the cause itself."""
    error = judgement.error
    if isinstance(error, Raised):
        return cause_of_exception(error) == ARRAY_FIRST
    return isinstance(error, Unmet) and bool(error.advice)


def _explains(
    known: Mistake, judgements: Sequence[Judgement], module: str, questions: Sequence[Question]
) -> bool:
    """Whether a mistake that fits what was judged fits the other answers as well."""
    if not questions:
        return True
    home = solved_module(module, {known.exercise: known.answer})
    seen = asked_before_the_end(judgements, questions)
    with suppress(Differs), np.errstate(all="ignore"):
        return misses(home, module, questions, seen, Budget(MOST_REPLAYED)) is not None
    return False


def _sentence(
    judgements: Sequence[Judgement], exercise: str, module: str, seed: Seed, evidence: Evidence
) -> str | None:
    questions, further = evidence.questions, evidence.further
    if questions:
        cases = cases_of_questions(questions, module)
    else:
        cases = cases_of([*judgements, *further], module, seed)
    if relation := relation_of(cases):
        return relation
    changes = nearest(judgements, exercise, module, seed, questions, further)
    if not changes:
        return relation_of(cases, likely=False)
    return f"Exactly this comes out {changes[0].says}."
