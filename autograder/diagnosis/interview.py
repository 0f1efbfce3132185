"""All that the criteria of an exercise would ask, asked of a learner's function.

A criterion ends at the first answer that is not as expected. For a diagnosis more answers are
better: here each question is put to the learner's function with what the *solution* answered so
far, to the end of each criterion. What criteria ask that draw nothing is the same for all students,
and is found out once a process. Exercises in which functions are handed over or returned have no
interview: the grader's functions may note who calls them.
"""

import importlib
import inspect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

import numpy as np

from autograder.checking.criterion import Criterion, criteria_of
from autograder.checking.equality import is_object, same_answers
from autograder.checking.in_process import InProcessSession
from autograder.checking.judge import Judgement, Seed, judge
from autograder.checking.student import Performer, Student
from autograder.checking.transcript import Call
from autograder.protocol.codec import Reference
from autograder.protocol.operations import Operation
from autograder.sandbox.outcomes import NotThere, Raised, SessionEnded, without_frames
from autograder.sandbox.session import Namespace

ASKED = ("call", "each", "fold", "fold overwriting")
CONTRACT = {"rtol": 1e-6, "atol": 1e-9}


@dataclass(frozen=True)
class Object:
    """An object that was the answer to an earlier question of the same criterion."""

    place: int


@dataclass(frozen=True)
class Question:
    """One operation, and the two answers to it.

    Attributes
    ----------
    operation : Operation
        What is asked for: one of `ASKED`.
    operands : tuple
        The function and its arguments; an object stands there as an `Object`.
    expected : object
        The solution's answer, or the exception that it raised.
    got : object
        The learner's answer, or the exception that it raised.
    """

    operation: Operation
    operands: tuple[Any, ...]
    expected: Any
    got: Any = None

    @cached_property
    def right(self) -> bool:
        """Whether the two are the same within the tolerance of the contract."""
        return same_answers(self.got, self.expected, **CONTRACT)

    @cached_property
    def calls(self) -> int:
        """How many calls of the function it takes."""
        return 1 if self.operation == "call" else len(self.operands[-1])

    def agrees(self, answer: Any) -> bool:
        """Whether an answer is the learner's, or right where the learner's is."""
        if self.right:
            return same_answers(answer, self.expected, **CONTRACT)
        return same_answers(answer, self.got)

    def agrees_with_kept(self, answer: Any) -> bool:
        """The same of an answer that is kept for good: once found out, it is remembered."""
        found = self._agreements.get(id(answer))
        if found is None:
            found = self._agreements[id(answer)] = self.agrees(answer)
        return found

    @cached_property
    def _agreements(self) -> dict[int, bool]:
        return {}


@dataclass(frozen=True)
class Part:
    """The questions of one criterion.

    Attributes
    ----------
    criterion : Criterion
        Which one.
    questions : tuple of Question
        In their order.
    asked : int
        On how many of the answers the learner's grade rests: those before the criterion ended.
    """

    criterion: Criterion
    questions: tuple[Question, ...]
    asked: int = 0

    @property
    def drawn(self) -> bool:
        """Whether its questions are drawn for the student."""
        return self.criterion.varies

    @cached_property
    def first_wrong(self) -> int:
        """The place of the first answer on which the grade rests that is not as expected."""
        wrong = (place for place in range(self.asked) if not self.questions[place].right)
        return next(wrong, len(self.questions))

    @property
    def wrong(self) -> bool:
        """Whether there is such an answer."""
        return self.first_wrong < len(self.questions)

    @cached_property
    def telling_first(self) -> tuple[int, ...]:
        """The places of all questions, those about objects with wrong answers first.

        Questions about one object stay in their order, as it may remember what it was asked.
        """
        about = [_made_at(each.operands, place) for place, each in enumerate(self.questions)]
        wrong = {about[p] for p, each in enumerate(self.questions[: self.asked]) if not each.right}
        return tuple(sorted(range(len(about)), key=lambda place: about[place] not in wrong))


class Interview:
    """A learner's answers to one exercise's questions, asked when they are first looked at.

    Parameters
    ----------
    performer : Performer
        Where the learner's code runs. Where it ends, so does the interview.
    judgements : sequence of Judgement
        How the criteria of the exercise ended.
    module : str
        The course module of the exercise.
    seed : Seed
        What the criteria drew their inputs from.
    """

    def __init__(
        self, performer: Performer, judgements: Sequence[Judgement], module: str, seed: Seed
    ) -> None:
        self.performer, self._module, self._seed = performer, module, seed
        self._judgements = judgements
        self._ended = False

    @staticmethod
    def possible(exercise: str, module: str) -> bool:
        """Whether an exercise hands over and returns nothing but values."""
        return all(
            each.varies or fixed_questions(each, module) is not None
            for each in criteria_of(exercise, module)
        )

    @cached_property
    def fixed(self) -> tuple[Part, ...]:
        """The parts that are the same for all students; those with wrong answers come first."""
        return self._parts(drawn=False)

    @cached_property
    def drawn(self) -> tuple[Part, ...]:
        """The parts with inputs drawn for this student."""
        return self._parts(drawn=True)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of them."""
        return (*self.fixed, *self.drawn)

    @property
    def right(self) -> bool:
        """Whether all answers are as expected."""
        return _all_right(self.fixed) and _all_right(self.drawn)

    @cached_property
    def steady(self) -> bool:
        """Whether what was asked in judging is answered now as it was then."""
        calls = {each.criterion.name: _calls(each) for each in self._judgements}
        return all(
            same_answers(question.got, call.result if call.error is None else call.error)
            for part in self.fixed
            for question, call in zip(part.questions, calls[part.criterion.name], strict=False)
        )

    def _parts(self, *, drawn: bool) -> tuple[Part, ...]:
        parts = []
        for each in self._judgements:
            one = each.criterion
            if one.varies is not drawn or self._ended:
                continue
            asked = (
                questions_of(one, self._module, self._seed)
                if drawn
                else fixed_questions(one, self._module)
            )
            answered = self._answered(asked or ())
            parts.append(Part(one, answered, min(len(_calls(each)), len(answered))))
        return tuple(sorted(parts, key=lambda part: not part.wrong))

    def _answered(self, asked: Sequence[Question]) -> tuple[Question, ...]:
        """The questions with the learner's answers; fewer where the session ends."""
        objects: dict[int, Any] = {}
        answered = []
        for place, question in enumerate(asked):
            got: Any
            try:
                operands = with_objects(question.operands, objects)
                got = first_of(
                    question.operation, self.performer.perform(question.operation, *operands)
                )
            except (Raised, NotThere) as error:
                got = error
            except SessionEnded:
                self._ended = True
                break
            objects[place] = got
            answered.append(replace(question, got=got))
        return tuple(answered)


def _all_right(parts: Sequence[Part]) -> bool:
    return all(each.right for part in parts for each in part.questions)


@cache
def fixed_questions(criterion: Criterion, module: str) -> tuple[Question, ...] | None:
    """The questions of a criterion that draws nothing."""
    return questions_of(criterion, module, Seed())


def questions_of(criterion: Criterion, module: str, seed: Seed) -> tuple[Question, ...] | None:
    """All that a criterion asks of the solution; None where functions are handed over."""
    recorder = _Recorder(module)
    judge(criterion, Student(recorder), seed)
    for each in recorder.questions:
        if isinstance(each.expected, Exception):
            without_frames(each.expected)
    return None if recorder.has_functions else tuple(recorder.questions)


class _Recorder:
    """Performs operations on the solution and notes them with their answers."""

    def __init__(self, module: str) -> None:
        self._solution = InProcessSession({module: importlib.import_module(f"solutions.{module}")})
        self._objects: list[tuple[Any, Object]] = []
        self.questions: list[Question] = []
        self.has_functions = False

    def perform(self, operation: Operation, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, and note it."""
        answer: Any
        noted = tuple(map(self._noted, operands))
        try:
            answer = self._solution.perform(operation, *operands)
        except (Raised, NotThere) as error:
            answer = error
        if operation in ASKED:
            first = first_of(operation, answer)
            if is_object(first):
                self._objects.append((first, Object(len(self.questions))))
            self.has_functions |= has_functions(operands) or inspect.isfunction(first)
            self.questions.append(Question(operation, noted, first))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _noted(self, value: Any) -> Any:
        if type(value) in (list, tuple):
            return type(value)(map(self._noted, value))
        if isinstance(value, dict):
            return {name: self._noted(each) for name, each in value.items()}
        if isinstance(value, np.ndarray):
            return value.copy()  # a criterion may go on to change it
        return next((stands for each, stands in self._objects if each is value), value)


def has_functions(value: Any) -> bool:
    """Whether functions of the grader are among the operands."""
    if isinstance(value, (list, tuple)):
        return any(map(has_functions, value))
    if isinstance(value, dict):
        return any(map(has_functions, value.values()))
    return isinstance(value, (Namespace, Reference)) or inspect.isfunction(value)


def with_objects(value: Any, objects: dict[int, Any]) -> Any:
    """Operands with the objects in them that were answers before, and arrays copied.

    Where the answer was no object, nothing can be asked of it; that counts as an exception.
    """
    kind = type(value)
    if kind is np.ndarray:
        return value.copy()
    if kind is list or kind is tuple:
        return kind([with_objects(each, objects) for each in value])
    if kind is dict:
        return {name: with_objects(each, objects) for name, each in value.items()}
    if kind is not Object:
        return value
    found = objects[value.place]
    if not is_object(found):
        raise Raised(["AttributeError"], "no object was made", [])
    return found


def _made_at(operands: tuple[Any, ...], place: int) -> int:
    """Where the object was made that a question is about; else the question's own place."""
    target = operands[0][0]
    return target.place if isinstance(target, Object) else place


def first_of(operation: str, answer: Any) -> Any:
    """What a function returned, without what else was reported of the call."""
    is_report = operation == "call" and isinstance(answer, (list, tuple)) and len(answer) == 4
    return answer[0] if is_report else answer


def _calls(judgement: Judgement) -> list[Call]:
    return [call for call in judgement.transcript if call.kind in ASKED]
