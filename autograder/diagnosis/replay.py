"""Replaying a criterion on another function, for as long as it answers as the learner's did."""

import inspect
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any

import numpy as np

from autograder.catalogue import same_values
from autograder.diagnosis.interview import Budget, Differs
from autograder.expectations import Unmet
from autograder.judging import Judgement, Seed, judge
from autograder.outcomes import NotThere, Raised
from autograder.sandbox.in_process import InProcessSession
from autograder.sandbox.session import Namespace
from autograder.student import Call, Event, LearnerObject, Student

WORDED_BY_AUTHORS = ("ValueError", "ArithmeticError")
FIRST_UPDATES = (1, 4, 16)  # a long run of calls is compared after so many of them


def reproduces(
    home: ModuleType, module: str, theirs: Judgement, seed: Seed, budget: Budget
) -> bool:
    """Whether a module answers a criterion as a learner's did.

    A criterion that holds needs only hold again; one that does not has to end in the same way, with
    the same answer to every call.
    """
    if theirs.passed:
        try:
            budget.spend(size(theirs))
            return judge(theirs.criterion, Student(InProcessSession({module: home})), seed).passed
        except Differs:
            return False
    replay = Replay(home, module, theirs.transcript, budget)
    try:
        ours = judge(theirs.criterion, Student(replay), seed)
    except Differs:
        return False
    if ours.outcome is not theirs.outcome:
        return False
    if isinstance(ours.error, Raised):
        return _alike(ours.error, theirs.error)
    return _finding(ours) == _finding(theirs)


def size(judgement: Judgement) -> int:
    """How many calls were made to judge a criterion, callbacks included."""
    return sum(1 + len(call.events) for call in judgement.transcript)


class Replay:
    """Performs operations on a module as long as its answers are those of a transcript."""

    def __init__(
        self, home: ModuleType, name: str, transcript: Sequence[Call], budget: Budget
    ) -> None:
        self._session = InProcessSession({name: home})
        self._expected = iter(transcript)
        self._budget = budget

    def perform(self, operation: str, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, and see that it ends as it did."""
        if operation == "get":
            return self._session.perform(operation, *operands)
        self._budget.spend()
        theirs = next(self._expected, None)
        if theirs is None:
            raise Differs("a call more")
        events = Events(theirs.events)
        try:
            if operation == "fold" and isinstance(theirs.result, list):
                target, first, lists = operands
                return self._fold(target, first, lists, theirs.result)
            answer = self._session.perform(
                operation, *(self._compared(each, events) for each in operands)
            )
        except (Raised, NotThere) as error:
            if isinstance(error, Raised) and _alike(error, theirs.error):
                raise
            raise Differs("another exception") from None
        if theirs.error is not None or events.left():
            raise Differs("another end")
        if not _same(answer[0] if operation == "call" else answer, theirs.result):
            raise Differs("another value")
        return answer

    def _fold(self, target: Any, first: Any, lists: list[Any], theirs: list[Any]) -> list[Any]:
        results: list[Any] = []
        for end in (*FIRST_UPDATES, len(lists)):
            part = lists[len(results) : end]
            if part:
                self._budget.spend(len(part))
                start = results[-1] if results else first
                results += self._session.perform("fold", target, start, part)
                if not same_values(results, theirs[: len(results)]):
                    raise Differs("another value on the way")
        return results

    def _compared(self, value: Any, events: "Events") -> Any:
        """The same operand, with functions that end the replay at a call unlike the recorded."""
        if type(value) in (list, tuple):
            return type(value)(self._compared(item, events) for item in value)
        if isinstance(value, dict):
            return {name: self._compared(item, events) for name, item in value.items()}
        if isinstance(value, Namespace):
            each = value.functions.items()
            return Namespace(**{name: self._compared(function, events) for name, function in each})
        if not callable(value) or not hasattr(value, "__wrapped__"):
            return value

        def compared(*arguments: Any, **keywords: Any) -> Any:
            self._budget.spend()
            events.expect(compared.__name__, (*arguments, *keywords.values()))
            return value(*arguments, **keywords)

        compared.__name__ = value.__name__
        compared.__wrapped__ = value.__wrapped__  # type: ignore[attr-defined]
        return compared


class Events:
    """The recorded calls of the grader's functions, each function's in their order.

    Which of two functions is called first is left open, and so is how often something is only read:
    a function without arguments may be called at any time.
    """

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
        if not same_values([*map(_plain, arguments)], [*map(_plain, recorded)]):
            raise Differs("a function is called otherwise")

    def left(self) -> bool:
        """Whether a function was called more often."""
        return any(self._calls.values())


def _plain(value: Any) -> Any:
    """A list of numbers as an array: handing on the one or the other is the same."""
    if isinstance(value, list):
        with suppress(TypeError, ValueError, OverflowError):
            return np.asarray(value, dtype=float)
    return value


def _alike(one: Raised, other: Exception | None) -> bool:
    """Whether two exceptions have the same kind and, but where authors word it, the same text."""
    if not isinstance(other, Raised) or one.kind != other.kind:
        return False
    return one.message == other.message or one.kind in WORDED_BY_AUTHORS


def _finding(judgement: Judgement) -> str:
    return judgement.error.finding if isinstance(judgement.error, Unmet) else ""


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, LearnerObject):  # a class may have any name in the learner's file
        return (theirs.kind == "function") == inspect.isfunction(ours)
    return same_values(ours, theirs)
