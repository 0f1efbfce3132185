"""What is behind the criteria of an exercise that do not hold: a known mistake, or a cause."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.student import Student
from autograder.diagnosis.evidence.answers import answers_of
from autograder.diagnosis.evidence.candidates import Budget, Candidate, Fits
from autograder.diagnosis.evidence.cases import cases_of, cases_of_answers, compared
from autograder.diagnosis.evidence.courses import (
    COMPLETE,
    Evidence,
    easiest_first,
    is_steady,
    size,
)
from autograder.diagnosis.exceptions import ARRAY_FIRST, cause_of_exception
from autograder.diagnosis.near_misses import nearest
from autograder.diagnosis.recognize import recognize, two_at_once
from autograder.diagnosis.relations.relation import (
    described,
    likely,
    other,
    relation_of,
    same_points,
)
from autograder.diagnosis.source.witness import Witness
from autograder.exercises.manifest import exercise as entry
from autograder.exercises.registry import Mistake
from autograder.sandbox.outcomes import Outcome, Raised, SessionEnded

MAX_LETTERS = 400
MAX_CALLS_OF_MISTAKES, MAX_CALLS = 20_000, 5_000
MAX_EVENTS = 1_500  # a longer transcript is not evidence: comparing it takes too long
UNSTEADY = (
    "The same calls, made again, are answered differently: something outlives the call or the "
    "object. Look for a name at the top of the module or of the class, a default that is changed, "
    "a random number."
)
UNREAD = "Nothing reads what this computes."
FELL = (Outcome.FAILED, Outcome.RAISED)


@dataclass(frozen=True)
class Cause:
    """A sentence on a cause, and what it rests on.

    Attributes
    ----------
    text : str
        The sentence; of a known mistake, what is to be said before its own.
    place : str
        The learner's line that it is about, quoted.
    compares : bool
        Whether it compares values: then it explains no exception.
    shows : bool
        Whether the learner's own line shows it, and nothing that was asked can be in it.
    """

    text: str
    place: str = ""
    compares: bool = False
    shows: bool = False

    def said(self, sentence: str) -> str:
        """A sentence, this one or a mistake's, with the line before it."""
        return f"{self.place}: {sentence}" if self.place and sentence else sentence


@dataclass(frozen=True)
class Diagnosis:
    """What explains the criteria of one exercise that do not hold, by their names."""

    mistakes: Mapping[str, Mistake]
    causes: Mapping[str, Cause]  # where no mistake is known; else its line


def diagnose(
    judgments: Sequence[Judgment],
    exercise: str,
    module: str,
    seed: Seed,
    student: Student | None,
    known: Sequence[Mistake],
    over: Callable[[], bool] = lambda: False,
    *,
    files: Mapping[str, bytes] | None = None,
) -> Diagnosis:
    """What is behind the criteria of one exercise that do not hold, as they were judged.

    Where there is a `student`, the submission is asked more; what it answers earns and costs
    nothing. The search ends where `over` says that its time has run out. The `files` of the
    submission are read as data.
    """
    fallen = [judgment for judgment in judgments if judgment.outcome in FELL]
    if not fallen:
        return Diagnosis({}, {})
    shown = Witness.of(files or {}, exercise, module)
    if shown and (typed := shown.mistyped()):
        return Diagnosis(
            {}, {judgment.criterion.name: Cause(typed, shows=True) for judgment in fallen}
        )
    # A changed solution may warn: nobody should read that.
    with warnings.catch_warnings(action="ignore"):
        if entry(exercise).bonus:  # it trains for seconds: not to be asked twice
            student = None
        steady = student is None or is_steady(fallen, student, seed)
        evidence = Evidence(seed)
        if student is not None and steady:
            evidence = Evidence(seed, partial(answers_of, judgments, module, seed, student))
        possible = [mistake for mistake in known if shown is None or shown.allows(mistake)]
        budget = Budget(MAX_CALLS_OF_MISTAKES, over)
        mistakes = recognize(judgments, module, possible, evidence, budget)
        unknown = [judgment for judgment in fallen if judgment.criterion.name not in mistakes]
        partly_right = any(judgment.passed for judgment in judgments)
        said = {
            judgment.criterion.name: Cause(text, shows=True)
            for judgment in unknown
            if shown and (text := shown.explains(judgment, partly_right=partly_right))
        }
        if shown:
            said |= {name: _shown_of(mistakes[name], shown) for name in mistakes}
        rest = [judgment for judgment in unknown if judgment.criterion.name not in said]
        cause: Cause | None = None
        if not steady:
            cause = Cause(UNSTEADY)
        elif rest and not entry(exercise).bonus:
            further = [] if evidence.answers else _further(judgments, student, seed)
            every = [*judgments, *further]
            budget = Budget(MAX_CALLS, over)
            cause = _cause(exercise, module, every, evidence, budget, shown, possible)
        for judgment in rest:
            if found := _explained(judgment, cause, module, shown):
                said[judgment.criterion.name] = found
            elif shown and not _says_enough(judgment) and (line := shown.leftover()):
                said[judgment.criterion.name] = Cause(UNREAD, line)
    return Diagnosis(mistakes, said)


def _shown_of(mistake: Mistake, shown: Witness) -> Cause:
    """The learner's line that a known mistake is in, or else what they compute and never read."""
    if place := shown.place_of(mistake):
        return Cause("", place)
    leftover = shown.leftover()
    return Cause(UNREAD if leftover else "", leftover)


def _explained(
    judgment: Judgment, cause: Cause | None, module: str, shown: Witness | None
) -> Cause | None:
    """What explains one criterion: a cause of all, or where its own ending points to."""
    raised = isinstance(judgment.error, Raised)
    fits = cause is not None and len(cause.text) <= MAX_LETTERS and not (cause.compares and raised)
    if fits and cause and (cause.place or not _says_enough(judgment)):
        return cause
    if isinstance(judgment.error, Raised):
        sentence = cause_of_exception(judgment.error)
        return Cause(sentence) if sentence else None
    case = compared(judgment, module)
    sentence = None if case is None or _says_enough(judgment) else described(case)
    if sentence and shown:
        sentence = shown.of_nan(sentence)
    return Cause(sentence, compares=True) if sentence else None


def _says_enough(judgment: Judgment) -> bool:
    """Whether what was found, or the advice with it, is the cause itself."""
    error = judgment.error
    if isinstance(error, Raised):
        return cause_of_exception(error) == ARRAY_FIRST
    return isinstance(error, Unmet) and bool(error.advice)


def _further(judgments: Sequence[Judgment], student: Student | None, seed: Seed) -> list[Judgment]:
    """How the criteria end that are judged only where others hold."""
    further: list[Judgment] = []
    for judgment in judgments:
        if student is not None and judgment.outcome is Outcome.NOT_RUN:
            further.append(judge(judgment.criterion, student, seed))
            if isinstance(further[-1].error, SessionEnded):
                break
    return further


def _cause(
    exercise: str,
    module: str,
    judgments: Sequence[Judgment],
    evidence: Evidence,
    budget: Budget,
    shown: Witness | None,
    known: Sequence[Mistake],
) -> Cause | None:
    """A likely relation, or a change or two known mistakes that fit, or any other relation."""
    answers = evidence.answers
    if answers and all(answer.right for answer in answers[0]):
        return None  # what fell is not an answer: a warning, an argument that was changed
    complete = [
        judgment for judgment in judgments if judgment.outcome in COMPLETE and judgment.transcript
    ]
    judged = easiest_first([judgment for judgment in complete if size(judgment) <= MAX_EVENTS])
    cases = (
        cases_of_answers(answers, module) if answers else cases_of(judgments, module, evidence.seed)
    )

    def fits(candidate: Candidate) -> float | None:
        return evidence.misses(candidate, judged, budget)

    if found := relation_of(cases, likely):
        return Cause(found, compares=True)
    if found := same_points(cases):
        return Cause(found)
    if not all(judgment.passed for judgment in judged):
        if change := _change(exercise, module, fits, shown):
            return change
        words = cases and all(isinstance(case.expected, (bool, str)) for case in cases)
        # A few yes and no, or one of three words: among so many pairs one fits by chance.
        if not words and (found := two_at_once(known, module, fits)):
            return Cause(found)
    found = relation_of(cases, other)
    return Cause(found, compares=True) if found else None


def _change(exercise: str, module: str, fits: Fits, shown: Witness | None) -> Cause | None:
    change = nearest(exercise, module, fits, shown.allows_change if shown else lambda _: True)
    if change is None:
        return None
    said = shown.says_of(change) if shown else (f"Exactly this comes out {change.says}.", "")
    return None if said is None else Cause(*said)
