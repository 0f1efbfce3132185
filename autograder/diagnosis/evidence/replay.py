"""Whether a candidate goes through a criterion as a learner's function did.

Where functions of the grader are handed over, these tell how they were called. Which of two is
called first is left open, and so is how often something is only read: a function without arguments
may be called at any time.
"""

import inspect
from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.checking.criterion import Criterion
from autograder.checking.equality import as_array, fingerprint, same_exceptions, same_values
from autograder.checking.expectations import Unmet
from autograder.checking.in_process import InProcessSession
from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.student import LearnerObject, Student
from autograder.checking.transcript import Call, Event, mapped
from autograder.diagnosis.evidence.candidates import FIRST_UPDATES, Budget, Candidate, Differs
from autograder.protocol.operations import Operation
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, without_frames
from autograder.sandbox.session import Namespace

COMPLETE = (Outcome.PASSED, Outcome.FAILED, Outcome.RAISED)
MAX_KEPT_CALLS = 150  # of the grader's functions, in the course of one criterion
_COURSES: dict[Hashable, "Course"] = {}  # each course once, as many candidates go the same


@dataclass(frozen=True)
class Course:
    """How a candidate fared with a criterion that draws nothing, as far as it went."""

    calls: Sequence[Call]  # with those of the grader's functions
    end: Judgment | None  # None where the candidate went apart from a learner before


class Comparison:
    """Whether candidates go through criteria as a learner's function did."""

    def __init__(self, seed: Seed, budget: Budget) -> None:
        self._seed, self._budget = seed, budget
        self._verdicts: dict[tuple[int, str], bool] = {}  # on courses that are kept for good

    def misses(self, candidate: Candidate, judged: Sequence[Judgment]) -> float | None:
        """0 if a candidate goes through criteria as a learner's function did, one by one."""
        return 0.0 if all(self._same_course(candidate, theirs) for theirs in judged) else None

    def misses_in(
        self, candidate: Candidate, judged: Sequence[Judgment], *, closely: bool
    ) -> float | None:
        """0 if a candidate goes through all criteria as a learner's function did, in one session.

        Where it is to do so `closely`, its answers must be the same where a criterion holds, too.
        """
        session = candidate.session()
        for theirs in judged:
            self._budget.spend(size(theirs))
            end = self._run(session, theirs, closely=closely or not theirs.passed).end
            if end is None or not _same_end(end, theirs):
                return None
        return 0.0

    def same_endings(self, candidate: Candidate, judged: Sequence[Judgment]) -> bool:
        """Whether a candidate ends criteria in the same way, whatever it does on the way."""
        return all(self._same_ending(candidate, theirs) for theirs in easiest_first(judged))

    def _same_course(self, candidate: Candidate, theirs: Judgment) -> bool:
        """Whether a candidate goes through a criterion as a learner's function did.

        A criterion that holds needs only hold again; one that does not has to end in the same way,
        with the same answer to every call.
        """
        kept: Course | None = candidate.courses.get(theirs.criterion.name)
        if kept is not None:
            if kept.end is not None and theirs.passed:
                return kept.end.passed
            if not theirs.passed:
                same = self._verdict(kept, theirs)
                if kept.end is not None or not same:
                    return same
        self._spend(theirs)
        course = self._run(candidate.session(), theirs, closely=not theirs.passed)
        _keep(candidate, theirs.criterion, course)
        if course.end is None:
            return False
        return course.end.passed if theirs.passed else _same_end(course.end, theirs)

    def _run(self, session: InProcessSession, theirs: Judgment, *, closely: bool) -> Course:
        """The course of a candidate; `closely`, it ends where it goes apart from the learner's."""
        performer = Replay(session, theirs.transcript) if closely else session
        student = Student(performer)
        try:
            ours = judge(theirs.criterion, student, self._seed)
        except Differs:
            return Course(student.transcript, None)
        apart = isinstance(performer, Replay) and performer.apart
        return Course(student.transcript, None if apart else ours)

    def _same_ending(self, candidate: Candidate, theirs: Judgment) -> bool:
        kept: Course | None = candidate.courses.get(theirs.criterion.name)
        ours = kept.end if kept is not None else None
        if ours is None:
            self._spend(theirs)
            ours = judge(theirs.criterion, Student(candidate.session()), self._seed)
            _keep(candidate, theirs.criterion, Course(ours.transcript, ours))
        if isinstance(ours.error, Raised) and isinstance(theirs.error, Raised):
            return ours.error.kind == theirs.error.kind
        return ours.outcome is theirs.outcome and _finding(ours) == _finding(theirs)

    def _spend(self, theirs: Judgment) -> None:
        """Count the calls of a course, unless it is kept for the next learner."""
        calls = size(theirs)
        if theirs.criterion.varies or calls > MAX_KEPT_CALLS:
            self._budget.spend(calls)

    def _verdict(self, kept: Course, theirs: Judgment) -> bool:
        key = (id(kept), theirs.criterion.name)
        if key not in self._verdicts:
            same = _same_calls(kept.calls, theirs.transcript, whole=kept.end is not None)
            self._verdicts[key] = same and (kept.end is None or _same_end(kept.end, theirs))
        return self._verdicts[key]


def _keep(candidate: Candidate, criterion: Criterion, course: Course) -> None:
    """Keep a course that is the same for all students, and is not too long."""
    calls = course.calls
    if criterion.varies or sum(len(call.events) for call in calls) > MAX_KEPT_CALLS:
        return
    mark = (
        criterion.name,
        course.end and (course.end.outcome, _finding(course.end), fingerprint(course.end.error)),
        *(_mark(call) for call in calls),
    )
    for call in calls:
        if isinstance(call.error, Exception):
            without_frames(call.error)
    candidate.courses[criterion.name] = _COURSES.setdefault(mark, course)


def _mark(call: Call) -> Hashable:
    events = ((event.name, fingerprint(event.arguments)) for event in call.events)
    return call.target, fingerprint(call.result), fingerprint(call.error), *events


def size(judgment: Judgment) -> int:
    """How many calls were made to judge a criterion, callbacks included."""
    return sum(1 + len(call.events) for call in judgment.transcript)


def easiest_first(judgments: Sequence[Judgment]) -> list[Judgment]:
    """Judgments in the order in which they tell most at least cost."""
    return sorted(judgments, key=lambda made: (made.criterion.varies, made.passed, size(made)))


def _same_calls(ours: Sequence[Call], theirs: Sequence[Call], *, whole: bool) -> bool:
    """Whether calls are those of a learner; if not the whole, the last may be unfinished."""
    if len(ours) != len(theirs) if whole else len(ours) > len(theirs):
        return False
    pairs = [*zip(ours, theirs, strict=False)]
    last = ours[-1] if ours and not whole else None
    unfinished = last is not None and last.result is None and last.error is None
    return all(
        _same_call(mine, yours, whole=not (unfinished and mine is last)) for mine, yours in pairs
    )


def _same_call(ours: Call, theirs: Call, *, whole: bool = True) -> bool:
    if whole:  # what tells most is looked at first
        if ours.error is not None or theirs.error is not None:
            if not same_exceptions(ours.error, theirs.error):
                return False
        elif not _same(ours.result, theirs.result):
            return False
    try:
        events = Events(theirs.events)
        for event in ours.events:
            events.expect(event.name, event.arguments)
    except Differs:
        return False
    return not whole or ours.error is not None or not events.left()


def _same_end(ours: Judgment, theirs: Judgment) -> bool:
    if ours.outcome is not theirs.outcome:
        return False
    if isinstance(ours.error, Raised):
        return same_exceptions(ours.error, theirs.error)
    return _finding(ours) == _finding(theirs)


class Replay:
    """Performs operations on a candidate as long as its answers are those of a transcript."""

    def __init__(self, session: InProcessSession, transcript: Sequence[Call]) -> None:
        self._session = session
        self._expected = iter(transcript)
        self.apart = False  # whether an answer was another

    def perform(self, operation: Operation, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, and see that it ends as it did."""
        if operation == "get":
            return self._session.perform(operation, *operands)
        theirs = next(self._expected, None)
        if theirs is None or self.apart:
            raise Differs("a call more")
        events = Events(theirs.events)
        try:
            if operation == "fold" and isinstance(theirs.result, list):
                target, first, lists = operands
                return self._fold(target, first, lists, theirs.result)
            answer = self._session.perform(
                operation, *mapped(operands, lambda value: self._compared(value, events))
            )
        except (Raised, NotThere) as error:
            self.apart = not same_exceptions(error, theirs.error)
            raise
        same = _same(answer[0] if operation == "call" else answer, theirs.result)
        self.apart = theirs.error is not None or events.left() or not same
        return answer

    def _fold(self, target: Any, first: Any, lists: list[Any], theirs: list[Any]) -> list[Any]:
        results: list[Any] = []
        for end in (*FIRST_UPDATES, len(lists)):
            part = lists[len(results) : end]
            if part:
                start = results[-1] if results else first
                results += self._session.perform(Operation.FOLD, target, start, part)
                if not same_values(results, theirs[: len(results)]):
                    raise Differs("another value on the way")
        return results

    def _compared(self, value: Any, events: "Events") -> Any:
        """The same operand, with functions that end the replay at a call unlike the recorded."""
        if isinstance(value, Namespace):
            functions = value.functions.items()
            return Namespace(
                **{name: self._compared(function, events) for name, function in functions}
            )
        if not callable(value) or not hasattr(value, "__wrapped__"):
            return value

        def compared(*arguments: Any, **keywords: Any) -> Any:
            try:
                return value(*arguments, **keywords)  # the call is noted, then compared
            finally:
                events.expect(compared.__name__, (*arguments, *keywords.values()))

        compared.__name__ = value.__name__
        compared.__wrapped__ = value.__wrapped__  # type: ignore[attr-defined]
        return compared


class Events:
    """The recorded calls of the grader's functions, each function's in their order."""

    def __init__(self, recorded: Sequence[Event]) -> None:
        self._calls: dict[str, deque[tuple[Any, ...]]] = {}
        for event in recorded:
            if event.arguments:
                self._calls.setdefault(event.name, deque()).append(event.arguments)

    def expect(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Take the next recorded call of a function, and see that it was the same."""
        if not arguments:
            return
        calls = self._calls.get(name)
        if not calls:
            raise Differs("a function is called more often")
        recorded = calls.popleft()
        if not same_values([*map(as_array, arguments)], [*map(as_array, recorded)]):
            raise Differs("a function is called differently")

    def left(self) -> bool:
        """Whether a function was called more often."""
        return any(self._calls.values())


def _finding(judgment: Judgment) -> str:
    return judgment.error.finding if isinstance(judgment.error, Unmet) else ""


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, LearnerObject):  # a class may have any name in the learner's file
        if isinstance(ours, LearnerObject):
            ours = ours._reference
        return (theirs.kind == "function") == inspect.isfunction(ours)
    return same_values(ours, theirs)
