"""Whether a candidate goes through a criterion as a learner's function did.

Where functions of the grader are handed over, these tell how they were called. Which of two is
called first is left open, and so is how often something is only read: a function without arguments
may be called at any time.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any

from autograder.checking.equality import (
    as_array,
    fingerprint,
    same_answers,
    same_exceptions,
    same_values,
)
from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.student import Student
from autograder.checking.transcript import Call, Event
from autograder.diagnosis.evidence.answers import Answer
from autograder.diagnosis.evidence.candidates import Budget, Candidate, Differs
from autograder.sandbox.outcomes import Outcome, Raised, without_frames

COMPLETE = (Outcome.PASSED, Outcome.FAILED, Outcome.RAISED)
MAX_KEPT_CALLS = 150  # of the grader's functions, in the course of one criterion
_COURSES: dict[Hashable, Judgment] = {}  # each course once, as many candidates go the same


class Evidence:
    """How a learner's function fared, to be compared with how candidates fare.

    Parameters
    ----------
    seed : Seed
        What the criteria drew their inputs from.
    ask : callable
        Asks the learner's function all else that criteria would ask, when it is first needed.
    """

    def __init__(self, seed: Seed, ask: Callable[[], list[list[Answer]]] = list) -> None:
        self.seed, self._ask = seed, ask
        self._verdicts: dict[int, bool] = {}  # on courses that are kept for good

    @cached_property
    def answers(self) -> list[list[Answer]]:
        """What the learner's function answers when it is asked to the end of each criterion."""
        return self._ask()

    def misses(
        self, candidate: Candidate, judged: Sequence[Judgment], budget: Budget
    ) -> float | None:
        """How much of the answers a candidate misses; None where it goes through criteria apart.

        A criterion that holds needs only hold again; one that does not needs the same
        answer to every call, and of a known mistake the same finding.
        """
        for theirs in judged:
            ours = self._course(candidate, theirs, budget)
            if not (ours.passed if theirs.passed else self._same_calls(ours, theirs)):
                return None
            if candidate.known and not _same_end(ours, theirs):
                return None
        return candidate.misses(self.answers, budget)

    def misses_in_one_session(
        self, candidate: Candidate, judged: Sequence[Judgment], budget: Budget, *, closely: bool
    ) -> float | None:
        """The same, where objects may remember what other criteria did to them.

        Where it is to do so `closely`, its answers must be the same where a criterion holds, too.
        """
        student = Student(candidate.session())
        for theirs in judged:
            budget.spend(size(theirs))
            try:
                ours = judge(theirs.criterion, student, self.seed)
            except Differs:
                return None
            same = _same_course if closely or not theirs.passed else _same_end
            if not same(ours, theirs):
                return None
        return candidate.misses(self.answers, budget)

    def begins(self, candidate: Candidate, judged: Sequence[Judgment], budget: Budget) -> bool:
        """Whether a candidate may go as a learner's function did; its first course is kept."""
        first = judged[0]
        if first.passed or first.criterion.varies:
            return True
        return self._same_calls(self._course(candidate, first, budget), first)

    def same_endings(
        self, candidate: Candidate, judged: Sequence[Judgment], budget: Budget
    ) -> bool:
        """Whether a candidate ends criteria in the same way, whatever it does on the way."""
        for theirs in easiest_first(judged):
            ours = self._course(candidate, theirs, budget)
            if isinstance(ours.error, Raised) and isinstance(theirs.error, Raised):
                if ours.error.kind != theirs.error.kind:
                    return False
            elif ours.outcome is not theirs.outcome or _finding(ours) != _finding(theirs):
                return False
        return True

    def _course(self, candidate: Candidate, theirs: Judgment, budget: Budget) -> Judgment:
        """How a candidate fares with a criterion; what is the same for all students is kept."""
        criterion, calls = theirs.criterion, size(theirs)
        if criterion.varies or calls > MAX_KEPT_CALLS:
            budget.spend(calls)
        elif criterion.name in candidate.courses:
            kept: Judgment = candidate.courses[criterion.name]
            return kept
        try:
            ours = judge(criterion, Student(candidate.session()), self.seed)
        except Differs:
            ours = Judgment(criterion, Outcome.TIMED_OUT)
        if not criterion.varies and size(ours) <= MAX_KEPT_CALLS:
            ours = candidate.courses[criterion.name] = _COURSES.setdefault(_mark(ours), ours)
        return ours

    def _same_calls(self, ours: Judgment, theirs: Judgment) -> bool:
        if ours.criterion.varies:
            return _same_calls(ours, theirs)
        if id(ours) not in self._verdicts:
            self._verdicts[id(ours)] = _same_calls(ours, theirs)
        return self._verdicts[id(ours)]


def is_steady(judged: Sequence[Judgment], student: Student, seed: Seed) -> bool:
    """Whether a learner's function does the same again where it does not hold."""
    for theirs in judged:
        if size(theirs) <= MAX_KEPT_CALLS:
            again = judge(theirs.criterion, student, seed)
            if again.outcome in COMPLETE and not _same_course(again, theirs):
                return False
    return True


def size(judgment: Judgment) -> int:
    """How many calls were made to judge a criterion, callbacks included."""
    return sum(1 + len(call.events) for call in judgment.transcript)


def easiest_first(judgments: Sequence[Judgment]) -> list[Judgment]:
    """Judgments in the order in which they tell most at least cost."""
    return sorted(judgments, key=lambda made: (made.criterion.varies, made.passed, size(made)))


def _mark(course: Judgment) -> Hashable:
    for call in course.transcript:
        if isinstance(call.error, Exception):
            without_frames(call.error)
    return (
        *(course.criterion.name, course.outcome, _finding(course), fingerprint(course.error)),
        *(
            (
                *(call.target, fingerprint(call.result), fingerprint(call.error)),
                *((event.name, fingerprint(event.arguments)) for event in call.events),
            )
            for call in course.transcript
        ),
    )


def _same_course(ours: Judgment, theirs: Judgment) -> bool:
    return _same_end(ours, theirs) and _same_calls(ours, theirs)


def _same_calls(ours: Judgment, theirs: Judgment) -> bool:
    return len(ours.transcript) == len(theirs.transcript) and all(
        map(_same_call, ours.transcript, theirs.transcript)
    )


def _same_end(ours: Judgment, theirs: Judgment) -> bool:
    if ours.outcome is not theirs.outcome:
        return False
    if isinstance(ours.error, Raised):
        return same_exceptions(ours.error, theirs.error)
    return _finding(ours) == _finding(theirs)


def _same_call(ours: Call, theirs: Call) -> bool:
    """Whether two calls have one answer, and called each of the grader's functions the same."""
    if not same_answers(ours.error or ours.result, theirs.error or theirs.result):
        return False
    mine, yours = _by_name(ours.events), _by_name(theirs.events)
    return mine.keys() == yours.keys() and all(
        len(mine[name]) == len(yours[name]) and same_values(mine[name], yours[name])
        for name in mine
    )


def _by_name(events: Sequence[Event]) -> dict[str, list[Any]]:
    """The arguments of the calls of the grader's functions, each function's in their order."""
    found: dict[str, list[Any]] = {}
    for event in events:
        if event.arguments:
            found.setdefault(event.name, []).append([*map(as_array, event.arguments)])
    return found


def _finding(judgment: Judgment) -> str:
    return judgment.error.finding if isinstance(judgment.error, Unmet) else ""
