"""What is behind the criteria of an exercise that do not hold: a known mistake, or a cause."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.student import Student
from autograder.diagnosis.evidence.candidates import Budget, Fits
from autograder.diagnosis.evidence.cases import (
    Case,
    are_numbers,
    cases_of,
    cases_of_answers,
    compared,
)
from autograder.diagnosis.evidence.interview import Interview
from autograder.diagnosis.evidence.replay import COMPLETE, Comparison, easiest_first, size
from autograder.diagnosis.exceptions import ARRAY_FIRST, cause_of_exception
from autograder.diagnosis.near_misses import nearest
from autograder.diagnosis.recognize import recognize
from autograder.diagnosis.relations.ignored_arguments import ignored_argument, same_points
from autograder.diagnosis.relations.relation import LIKELY, OTHERS, relation_in, relation_of
from autograder.exercises.manifest import exercise as entry
from autograder.exercises.registry import Mistake
from autograder.sandbox.outcomes import Outcome, Raised, SessionEnded

MAX_LETTERS = 240
MAX_CALLS = 5_000
MAX_EVENTS_COMPARED = 2_500
MAX_EVENTS = 1_500  # a longer transcript is not evidence: replaying it takes too long
UNSTEADY = (
    "The same calls, made again, are answered differently: something outlives the call or the "
    "object. Look for a name at the top of the module or of the class, a default that is changed, "
    "a random number."
)
FELL = (Outcome.FAILED, Outcome.RAISED)
# A sentence, and whether it compares values: then it explains no exception.
Cause = tuple[str, bool]


@dataclass(frozen=True)
class Diagnosis:
    """What explains the criteria of one exercise that do not hold, by their names."""

    mistakes: Mapping[str, Mistake]
    causes: Mapping[str, str]  # where no mistake is known: sentences


def diagnose(
    judgments: Sequence[Judgment],
    exercise: str,
    module: str,
    seed: Seed,
    student: Student | None,
    known: Sequence[Mistake],
    over: Callable[[], bool] = lambda: False,
) -> Diagnosis:
    """What is behind the criteria of one exercise that do not hold, as they were judged.

    Where there is a `student`, the submission is asked more; what it answers earns and costs
    nothing. The search ends where `over` says that its time has run out.
    """
    fallen = [judgment for judgment in judgments if judgment.outcome in FELL]
    if not fallen:
        return Diagnosis({}, {})
    # A changed solution may warn: nobody should read that.
    with warnings.catch_warnings(action="ignore"):
        interview = None
        brief = entry(exercise).bonus  # it trains for seconds: not to be asked twice
        if student is not None and not brief and Interview.possible(exercise, module):
            interview = Interview(student.performer, judgments, module, seed)
        steady = interview is None or interview.steady
        mistakes = recognize(judgments, module, seed, known, interview if steady else None, over)
        unknown = [judgment for judgment in fallen if judgment.criterion.name not in mistakes]
        cause: Cause | None = None
        if not brief and not all(map(_says_enough, unknown)):
            if not steady:
                cause = UNSTEADY, False
            elif interview is not None:
                cause = _cause_by_answers(exercise, module, interview, over)
            else:
                further = [] if student is None else _further(judgments, student, seed)
                cause = _cause_by_courses(exercise, module, seed, [*judgments, *further], over)
        said = {
            judgment.criterion.name: _explained(judgment, cause, module) for judgment in unknown
        }
    return Diagnosis(mistakes, {name: sentence for name, sentence in said.items() if sentence})


def _explained(judgment: Judgment, cause: Cause | None, module: str) -> str | None:
    """What explains one criterion: a cause of all, or where its own ending points to."""
    raised = isinstance(judgment.error, Raised)
    if cause is not None and not _says_enough(judgment) and len(cause[0]) <= MAX_LETTERS:
        sentence, of_values = cause
        if not (of_values and raised):
            return sentence
    if isinstance(judgment.error, Raised):
        return cause_of_exception(judgment.error)
    case = compared(judgment, module)
    return None if case is None or _says_enough(judgment) else relation_in(case)


def _says_enough(judgment: Judgment) -> bool:
    """Whether what was found, or the advice with it, is the cause itself."""
    error = judgment.error
    if isinstance(error, Raised):
        return cause_of_exception(error) == ARRAY_FIRST
    return isinstance(error, Unmet) and bool(error.advice)


def _further(judgments: Sequence[Judgment], student: Student, seed: Seed) -> list[Judgment]:
    """How the criteria end that are judged only where others hold."""
    further: list[Judgment] = []
    for judgment in judgments:
        if judgment.outcome is Outcome.NOT_RUN:
            further.append(judge(judgment.criterion, student, seed))
            if isinstance(further[-1].error, SessionEnded):
                break
    return further


def _cause_by_answers(
    exercise: str, module: str, interview: Interview, over: Callable[[], bool]
) -> Cause | None:
    """The cause, found from the answers in an interview."""
    if interview.right:
        return None  # what fell is not an answer: a warning, an argument that was changed
    budget = Budget(MAX_CALLS, over)
    numeric = are_numbers(cases_of_answers(interview.fixed, module))
    cases = cases_of_answers(interview.all, module) if numeric else []
    return _first_cause(
        cases,
        lambda: _change(exercise, module, lambda candidate: candidate.misses(interview, budget)),
        lambda: ignored_argument(interview, module),
    )


def _cause_by_courses(
    exercise: str,
    module: str,
    seed: Seed,
    judgments: Sequence[Judgment],
    over: Callable[[], bool],
) -> Cause | None:
    """The cause, found from the calls that the criteria made."""
    complete = [
        judgment for judgment in judgments if judgment.outcome in COMPLETE and judgment.transcript
    ]
    evidence = easiest_first([judgment for judgment in complete if size(judgment) <= MAX_EVENTS])
    comparison = Comparison(seed, Budget(MAX_EVENTS_COMPARED, over))
    cases = cases_of(judgments, module, seed)
    ways: list[Callable[[], str | None]] = [lambda: same_points(cases)]
    if not all(judgment.passed for judgment in evidence):
        fits = partial(comparison.misses, judged=evidence)
        ways.append(lambda: _change(exercise, module, fits))
    return _first_cause(cases, *ways)


def _first_cause(cases: Sequence[Case], *ways: Callable[[], str | None]) -> Cause | None:
    """A likely relation, or what one of some ways finds, or any other relation."""
    if relation := relation_of(cases, LIKELY):
        return relation, True
    for way in ways:
        if sentence := way():
            return sentence, False
    relation = relation_of(cases, OTHERS)
    return None if relation is None else (relation, True)


def _change(exercise: str, module: str, fits: Fits) -> str | None:
    change = nearest(exercise, module, fits)
    return None if change is None else f"Exactly this comes out {change.says}."
