"""All that the criteria of an exercise would ask, asked of a learner's function.

A criterion ends at the first answer that is not as expected. For a diagnosis more answers are
better: here each question is put to the solution and to the learner's function alike, and the
criterion goes on with the solution's answer. Questions in which functions of the grader are handed
over are put to the solution alone, as those functions may note who called them.
"""

import importlib
import inspect
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

import numpy as np

from autograder.catalogue import same_values
from autograder.criteria import criteria_of
from autograder.judging import Seed, judge
from autograder.outcomes import NotThere, Raised, SessionEnded
from autograder.protocol.values import Reference
from autograder.sandbox.in_process import InProcessSession
from autograder.sandbox.session import Namespace, Verdict
from autograder.student import Performer, Student

MOST_QUESTIONS = 2_000
MOST_MISSES = 0.2  # the part of all answers that may have another cause, one at least
CONTRACT = {"rtol": 1e-6, "atol": 1e-9}


class Differs(Verdict):
    """A function answers otherwise than the learner's did."""


@dataclass
class Budget:
    """How many calls may still be replayed."""

    left: int

    def spend(self, calls: int = 1) -> None:
        """Take calls from what is left; where nothing is left, the replay ends."""
        self.left -= calls
        if self.left < 0:
            raise Differs("the replays took too long")


@dataclass(frozen=True)
class Question:
    """One operation, and the two answers to it.

    Attributes
    ----------
    operation : str
        What was asked for: ``"call"``, ``"each"`` or ``"fold"``.
    operands : tuple
        The function and its arguments; an object stands there as an `Object`.
    expected : object
        The solution's answer, or the exception that it raised.
    got : object
        The learner's answer, or the exception that it raised.
    criterion : str
        The criterion that asks.
    place : int
        Which of its calls this is.
    """

    operation: str
    operands: tuple[Any, ...]
    expected: Any
    got: Any
    criterion: str = ""
    place: int = 0

    @cached_property
    def right(self) -> bool:
        """Whether the two are the same within the tolerance of the contract."""
        return alike(self.got, self.expected, **CONTRACT)

    def agrees(self, answer: Any) -> bool:
        """Whether an answer is the learner's, or right where the learner's is."""
        if self.right:
            return alike(answer, self.expected, **CONTRACT)
        return alike(answer, self.got)


@dataclass(frozen=True)
class Object:
    """An object that was the answer to an earlier question."""

    question: int


def interview(performer: Performer, exercise: str, module: str, seed: Seed) -> list[Question]:
    """Put the questions of all criteria of an exercise; where the learner's code ends, so do they.

    Parameters
    ----------
    performer : Performer
        Where the learner's code runs.
    exercise, module : str
        Which exercise.
    seed : Seed
        What the criteria draw their inputs from.
    """
    both = _Both(performer, module)
    with suppress(SessionEnded), np.errstate(all="ignore"):
        for criterion in criteria_of(exercise, module):
            both.begin(criterion.name)
            judge(criterion, Student(both), seed)
    if any(inspect.isfunction(each.expected) for each in both.questions):
        return []  # which function is returned can be told in the learner's process alone
    return both.questions


class _Both:
    """Performs operations on the solution, and puts the same to a learner's code."""

    def __init__(self, learner: Performer, module: str) -> None:
        self._learner = learner
        self._solution = InProcessSession({module: importlib.import_module(f"solutions.{module}")})
        self._objects: dict[int, tuple[Object, Any]] = {}
        self._kept: list[Any] = []  # objects whose identity is a key above
        self._criterion, self._place = "", 0
        self.questions: list[Question] = []
        self.ended = False

    def begin(self, criterion: str) -> None:
        """Note which criterion asks from now on."""
        self._criterion, self._place = criterion, 0

    def perform(self, operation: str, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation twice, and go on with what the solution answers."""
        expected: Any
        try:
            expected = self._solution.perform(operation, *operands)
        except (Raised, NotThere) as error:
            expected = error
        if operation in ("call", "each", "fold"):
            if not self.ended and not has_functions(operands):
                self._ask(operation, operands, expected, seconds)
            self._place += 1
        if isinstance(expected, Exception):
            raise expected
        return expected

    def _ask(
        self, operation: str, operands: tuple[Any, ...], expected: Any, seconds: float | None
    ) -> None:
        got: Any
        try:
            theirs = [self._translated(each, learner=True) for each in operands]
            got = self._learner.perform(operation, *theirs, seconds=seconds)
        except (Raised, NotThere) as error:
            got = error
        except SessionEnded:
            self.ended = True
            return
        asked = tuple(self._translated(each, learner=False) for each in operands)
        first = _first(operation, expected), _first(operation, got)
        if _is_object(first[0]):
            self._objects[id(first[0])] = (Object(len(self.questions)), first[1])
            self._kept.append(first[0])
        self.questions.append(Question(operation, asked, *first, self._criterion, self._place))
        self.ended = len(self.questions) >= MOST_QUESTIONS

    def _translated(self, value: Any, *, learner: bool) -> Any:
        if type(value) in (list, tuple):
            return type(value)(self._translated(each, learner=learner) for each in value)
        if isinstance(value, dict):
            return {key: self._translated(each, learner=learner) for key, each in value.items()}
        if isinstance(value, np.ndarray):
            return value.copy()  # a criterion may go on to change it
        stands, theirs = self._objects.get(id(value), (value, value))
        if learner and stands is not value and not _is_object(theirs):
            raise Raised(["AttributeError"], "no object was made", [])  # nothing to ask it
        return theirs if learner else stands


def misses(
    home: ModuleType, module: str, questions: Sequence[Question], seen: set[int], budget: Budget
) -> float | None:
    """The part of the questions to which a module gives other answers than the learner's code.

    Parameters
    ----------
    home : module
        The module, under the name `module`.
    questions : sequence of Question
        What was asked, with the learner's answers.
    seen : set of int
        The numbers of the questions on which the learner's grade rests: where one of these is
        answered otherwise, or too many of all, there is no result.
    budget : Budget
        How many calls may still be made.
    """
    session = InProcessSession({module: home})
    answers: dict[int, Any] = {}
    missed = 0
    for place, question in _ordered(questions, seen):
        budget.spend()
        operands = [_with_objects(each, answers) for each in question.operands]
        answer: Any
        try:
            answer = _first(question.operation, session.perform(question.operation, *operands))
        except (Raised, NotThere) as error:
            answer = error
        answers[place] = answer
        if not question.agrees(answer):
            missed += 1
            if place in seen or missed > max(1, MOST_MISSES * len(questions)):
                return None
    return missed / len(questions)


def _ordered(questions: Sequence[Question], seen: set[int]) -> list[tuple[int, Question]]:
    """The questions with their numbers, those first whose answers tell most."""
    numbered = [*enumerate(questions)]
    if any(_is_object(each.expected) for each in questions):
        return numbered  # what an object answers depends on what it was asked before
    return sorted(numbered, key=lambda each: (each[0] not in seen, each[1].right))


def alike(one: Any, other: Any, *, rtol: float = 1e-7, atol: float = 1e-12) -> bool:
    """Whether two answers are the same; exceptions are, if they are of one kind and one text."""
    if isinstance(one, Raised) and isinstance(other, Raised):
        worded = one.kind in ("ValueError", "ArithmeticError")  # by who raises it
        return one.kind == other.kind and (worded or one.message == other.message)
    if isinstance(one, Exception) or isinstance(other, Exception):
        return type(one) is type(other)
    if _is_object(one) or _is_object(other):
        return _is_object(one) and _is_object(other) and _name(one) == _name(other)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        if len(one) == len(other):
            return all(
                alike(mine, yours, rtol=rtol, atol=atol)
                for mine, yours in zip(one, other, strict=True)
            )
        return False
    if isinstance(one, (list, tuple)) != isinstance(other, (list, tuple)):
        one, other = _plain(one), _plain(other)
    return same_values(one, other, rtol=rtol, atol=atol)


def _plain(value: Any) -> Any:
    """A sequence of numbers as an array: the one will do for the other."""
    if isinstance(value, (list, tuple)):
        with suppress(TypeError, ValueError, OverflowError):
            return np.asarray(value, dtype=float)
    return value


def has_functions(value: Any) -> bool:
    """Whether functions of the grader are among the operands."""
    if isinstance(value, (list, tuple)):
        return any(map(has_functions, value))
    if isinstance(value, dict):
        return any(map(has_functions, value.values()))
    return isinstance(value, Namespace) or inspect.isfunction(value)


def _first(operation: str, answer: Any) -> Any:
    """What a function returned, without what else was reported of the call."""
    is_report = operation == "call" and isinstance(answer, (list, tuple)) and len(answer) == 4
    return answer[0] if is_report else answer


def _with_objects(value: Any, answers: dict[int, Any]) -> Any:
    if type(value) in (list, tuple):
        return type(value)(_with_objects(each, answers) for each in value)
    if isinstance(value, dict):
        return {name: _with_objects(each, answers) for name, each in value.items()}
    return answers[value.question] if isinstance(value, Object) else value


def _is_object(value: Any) -> bool:
    plain = (type(None), bool, int, float, complex, str, bytes, list, tuple, dict, Exception)
    return not isinstance(value, (*plain, np.ndarray, np.generic))


def _name(value: Any) -> str:
    """What tells objects apart: the name of a function, and no more than that it is an object."""
    if isinstance(value, Reference):
        return value.kind if value.kind == "function" else "object"
    return "function" if inspect.isfunction(value) else "object"
