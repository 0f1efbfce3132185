"""What a learner's function answers to all that the criteria of an exercise would ask.

A criterion ends at the first answer that is not as expected. For a diagnosis more answers are
better: where an exercise hands over and returns no functions, its questions are put to the
learner's function as criteria put them to the solution, to the end of each.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from types import FunctionType
from typing import Any

import numpy as np

from autograder.checking.criterion import Criterion
from autograder.checking.equality import is_object, same_answers
from autograder.checking.in_process import InProcessSession
from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.student import Student
from autograder.checking.transcript import mapped
from autograder.exercises.registry import solution
from autograder.protocol.codec import Reference
from autograder.protocol.operations import Operation, Report
from autograder.sandbox.outcomes import NotThere, Raised, SessionEnded, without_frames
from autograder.sandbox.session import Namespace

FUNCTIONS = (Namespace, Reference, FunctionType)  # what the grader may hand over, or get
CONTRACT = {"rtol": 1e-6, "atol": 1e-9}


@dataclass(frozen=True)
class Made:
    """An object that was the answer to an earlier question of the same criterion."""

    place: int


@dataclass(frozen=True)
class Answer:
    """One question, and the two answers to it: results, or the exceptions that were raised."""

    operation: Operation
    operands: tuple[Any, ...]  # the function and its arguments; an object is there as a `Made`
    expected: Any  # the solution's answer
    got: Any = None  # the learner's

    @cached_property
    def right(self) -> bool:
        """Whether the two are the same within the tolerance of the contract."""
        return same_answers(self.got, self.expected, **CONTRACT)

    @property
    def calls(self) -> int:
        """How many calls of the function it takes."""
        return 1 if self.operation == Operation.CALL else len(self.operands[-1])

    def agrees(self, answer: Any) -> bool:
        """Whether an answer is the learner's, or right where the learner's is."""
        if self.right:
            return same_answers(answer, self.expected, **CONTRACT)
        return same_answers(answer, self.got)


def answers_of(
    judgments: Sequence[Judgment], module: str, seed: Seed, student: Student
) -> list[list[Answer]]:
    """A learner's answers by criteria, those with a wrong one first.

    There is none where an exercise hands over or returns a function, and fewer where the learner's
    session ends.
    """
    answered = []
    with suppress(SessionEnded):
        for judgment in judgments:
            criterion = judgment.criterion
            ask, drawn = (_asked, seed) if criterion.varies else (_asked_of_all, Seed())
            asked = ask(criterion, module, drawn)
            if asked is None:
                return []
            answered.append([*given(asked, student.performer.perform)])
    return sorted(answered, key=lambda answers: all(answer.right for answer in answers))


def given(asked: Sequence[Answer], perform: Callable[..., Any]) -> Iterator[Answer]:
    """The same questions with what another function answers, one by one."""
    objects: list[Any] = []

    def found(value: Any) -> Any:
        if type(value) is not Made:
            return value
        if not is_object(objects[value.place]):
            raise Raised(["AttributeError"], "no object was made", [])
        return objects[value.place]

    for question in asked:
        got: Any
        try:
            operands = mapped(question.operands, found)
            got = _result(question.operation, perform(question.operation, *operands))
        except (Raised, NotThere) as error:
            got = without_frames(error)
        objects.append(got)
        yield replace(question, got=got)


def _asked(criterion: Criterion, module: str, seed: Seed) -> tuple[Answer, ...] | None:
    """All that a criterion asks of the solution; None where functions are handed over."""
    noted = _Noted(module)
    judge(criterion, Student(noted), seed)
    return None if noted.has_functions else tuple(noted.asked)


_asked_of_all = cache(_asked)  # where nothing is drawn, all students are asked the same


class _Noted:
    """Performs operations on the solution and notes them with their answers."""

    def __init__(self, module: str) -> None:
        self._solution = InProcessSession({module: solution(module)})
        self._objects: list[tuple[Any, Made]] = []
        self.asked: list[Answer] = []
        self.has_functions = False

    def perform(self, operation: Operation, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, and note it."""
        if operation == Operation.GET:
            return self._solution.perform(operation, *operands)
        noted = [*mapped(operands, self._noted)]
        if len(noted) == 4 and operation == Operation.CALL:
            noted[3] &= Report.ITEMS  # no other report changes the result
        answer: Any
        try:
            answer = self._solution.perform(operation, *operands)
        except (Raised, NotThere) as error:
            answer = without_frames(error)
        expected = _result(operation, answer)
        if is_object(expected):
            self._objects.append((expected, Made(len(self.asked))))
        mapped([*operands, expected], self._look_for_functions)
        self.asked.append(Answer(operation, tuple(noted), expected))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _look_for_functions(self, value: Any) -> None:
        self.has_functions |= isinstance(value, FUNCTIONS)

    def _noted(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value.copy()  # a criterion may go on to change it
        return next((made for kept, made in self._objects if kept is value), value)


def _result(operation: str, answer: Any) -> Any:
    """What a function returned, without what else was reported of the call."""
    is_report = operation == Operation.CALL and isinstance(answer, (list, tuple))
    return answer[0] if is_report and len(answer) == 4 else answer
