"""What is behind the criteria of an exercise that do not hold: a known mistake, or a cause."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.catalogue import Mistake
from autograder.diagnosis.evidence.candidates import Budget, Candidate
from autograder.diagnosis.evidence.cases import are_numbers, cases_of, cases_of_parts
from autograder.diagnosis.evidence.interview import Interview
from autograder.diagnosis.evidence.replay import Comparison, size
from autograder.diagnosis.exceptions import ARRAY_FIRST, cause_of_exception
from autograder.diagnosis.near_misses import nearest
from autograder.diagnosis.recognize import COMPLETE, easiest_first, recognize
from autograder.diagnosis.relations.ignored_arguments import ignored_argument, same_points
from autograder.diagnosis.relations.relation import relation_of
from autograder.exercises import exercise as entry
from autograder.expectations import Unmet
from autograder.judging import Judgement, Seed, judge
from autograder.outcomes import Outcome, Raised, SessionEnded
from autograder.student import Student

MOST_LETTERS = 240
MOST_CALLS = 5_000
MOST_EVENTS_COMPARED = 2_500
MOST_EVENTS = 1_500  # a longer transcript is no evidence: replaying it takes too long
UNSTEADY = (
    "The same calls, made again, are answered otherwise: something outlives the call or the "
    "object. Look for a name at the top of the module or of the class, a default that is changed, "
    "a random number."
)
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
class Cause:
    """A sentence on the cause.

    Attributes
    ----------
    sentence : str
        What to tell the learner.
    of_values : bool
        Whether it compares values: then it explains no exception.
    """

    sentence: str
    of_values: bool = False


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
    fallen = [each for each in judgements if each.outcome in FELL]
    if not fallen:
        return Diagnosis({}, {})
    # A changed solution may warn: nobody should read that.
    with warnings.catch_warnings(action="ignore"):
        return _diagnosis(judgements, fallen, exercise, module, seed, student, known)


def _diagnosis(
    judgements: Sequence[Judgement],
    fallen: Sequence[Judgement],
    exercise: str,
    module: str,
    seed: Seed,
    student: Student | None,
    known: Sequence[Mistake],
) -> Diagnosis:
    if entry(exercise).bonus:  # it trains for seconds: not to be asked twice
        return Diagnosis(recognize(judgements, module, seed, known), {})
    interview = None
    if student is not None and Interview.possible(exercise, module):
        interview = Interview(student.performer, judgements, module, seed)
    steady = interview is None or interview.steady
    mistakes = recognize(judgements, module, seed, known, interview if steady else None)
    unclear = [
        each for each in fallen if each.criterion.name not in mistakes and not _says_enough(each)
    ]
    if not unclear:
        return Diagnosis(mistakes, {})
    cause: Cause | None
    if not steady:
        cause = Cause(UNSTEADY)
    elif interview is not None:
        cause = _cause_by_answers(exercise, module, interview)
    else:
        further = [] if student is None else _further(judgements, student, seed)
        cause = _cause_by_courses(exercise, module, seed, [*judgements, *further])
    if cause is None or len(cause.sentence) > MOST_LETTERS:
        return Diagnosis(mistakes, {})
    explained = [
        each for each in unclear if not (cause.of_values and each.outcome is Outcome.RAISED)
    ]
    return Diagnosis(mistakes, {each.criterion.name: cause.sentence for each in explained})


def _says_enough(judgement: Judgement) -> bool:
    """Whether what was found, or the advice with it, is the cause itself."""
    error = judgement.error
    if isinstance(error, Raised):
        return cause_of_exception(error) == ARRAY_FIRST
    return isinstance(error, Unmet) and bool(error.advice)


def _further(judgements: Sequence[Judgement], student: Student, seed: Seed) -> list[Judgement]:
    """How the criteria end that are judged only where others hold."""
    further: list[Judgement] = []
    for each in judgements:
        if each.outcome is Outcome.NOT_RUN:
            further.append(judge(each.criterion, student, seed))
            if isinstance(further[-1].error, SessionEnded):
                break
    return further


def _cause_by_answers(exercise: str, module: str, interview: Interview) -> Cause | None:
    """The cause, found from the answers in an interview."""
    budget = Budget(MOST_CALLS)

    def fits(candidate: Candidate) -> float | None:
        return candidate.misses(interview, budget)

    if interview.right:
        return None  # what fell is not an answer: a warning, an argument that was changed
    numeric = are_numbers(cases_of_parts(interview.fixed, module))
    cases = cases_of_parts(interview.parts, module) if numeric else []
    if relation := relation_of(cases):
        return Cause(relation, of_values=True)
    changes = nearest(exercise, module, fits)
    if changes:
        return Cause(f"Exactly this comes out {changes[0].says}.")
    if ignored := ignored_argument(interview, module):
        return Cause(ignored)
    relation = relation_of(cases, likely=False)
    return None if relation is None else Cause(relation, of_values=True)


def _cause_by_courses(
    exercise: str, module: str, seed: Seed, judgements: Sequence[Judgement]
) -> Cause | None:
    """The cause, found from the calls that the criteria made."""
    complete = [each for each in judgements if each.outcome in COMPLETE and each.transcript]
    short = [each for each in complete if size(each) <= MOST_EVENTS]
    evidence = easiest_first(short)
    comparison = Comparison(seed, Budget(MOST_EVENTS_COMPARED))

    def fits(candidate: Candidate) -> float | None:
        return 0.0 if all(comparison.goes_alike(candidate, each) for each in evidence) else None

    cases = cases_of(judgements, module, seed)
    if relation := relation_of(cases):
        return Cause(relation, of_values=True)
    if same := same_points(cases):
        return Cause(same)
    if not all(each.passed for each in evidence):
        changes = nearest(exercise, module, fits)
        if changes:
            return Cause(f"Exactly this comes out {changes[0].says}.")
    relation = relation_of(cases, likely=False)
    return None if relation is None else Cause(relation, of_values=True)
