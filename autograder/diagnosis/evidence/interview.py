"""All that the criteria of an exercise would ask, asked of a learner's function.

A criterion ends at the first answer that is not as expected. For a diagnosis more answers are
better: here each question is put to the learner's function with what the *solution* answered so
far, to the end of each criterion. What criteria ask that draw nothing is the same for all students,
and is found out once a process. Exercises in which functions are handed over or returned have no
interview: the grader's functions may note who calls them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from types import FunctionType
from typing import Any

import numpy as np

from autograder.checking.criterion import Criterion
from autograder.checking.equality import is_object, same_answers
from autograder.checking.in_process import InProcessSession
from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.student import Performer, Student
from autograder.checking.transcript import Call, mapped
from autograder.exercises.registry import criteria_of, solution
from autograder.protocol.codec import Reference
from autograder.protocol.operations import Operation
from autograder.sandbox.outcomes import NotThere, Raised, SessionEnded, without_frames
from autograder.sandbox.session import Namespace

ASKED = ("call", "each", "fold", "fold overwriting")
FUNCTIONS = (Namespace, Reference, FunctionType)  # what the grader may hand over, or get
CONTRACT = {"rtol": 1e-6, "atol": 1e-9}


@dataclass(frozen=True)
class Object:
    """An object that was the answer to an earlier question of the same criterion."""

    place: int


@dataclass(frozen=True)
class Question:
    """One operation, and the two answers to it: results, or the exceptions that were raised."""

    operation: Operation  # one of `ASKED`
    operands: tuple[Any, ...]  # the function and its arguments; an object is there as an `Object`
    expected: Any  # the solution's answer
    got: Any = None  # the learner's

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
        if id(answer) not in self._agreements:
            self._agreements[id(answer)] = self.agrees(answer)
        return self._agreements[id(answer)]

    @cached_property
    def _agreements(self) -> dict[int, bool]:
        return {}


@dataclass(frozen=True)
class CriterionAnswers:
    """The questions of one criterion, with the answers to them."""

    criterion: Criterion
    questions: tuple[Question, ...]
    asked: int = 0  # on how many the learner's grade rests: those before the criterion ended

    @cached_property
    def first_wrong(self) -> int:
        """The place of the first wrong answer on which the grade rests; past the end if none is."""
        wrong = (place for place in range(self.asked) if not self.questions[place].right)
        return next(wrong, len(self.questions))

    @cached_property
    def telling_first(self) -> tuple[int, ...]:
        """The places of all questions, those about objects with wrong answers first.

        Questions about one object stay in their order, as it may remember what it was asked.
        """
        about = []
        for place, question in enumerate(self.questions):
            target = question.operands[0][0]
            about.append(target.place if isinstance(target, Object) else place)
        wrong = {about[place] for place in range(self.asked) if not self.questions[place].right}
        return tuple(sorted(range(len(about)), key=lambda place: about[place] not in wrong))


class Interview:
    """A learner's answers to one exercise's questions, asked when they are first looked at.

    Where the session of the performer ends, so does the interview.
    """

    def __init__(
        self, performer: Performer, judgments: Sequence[Judgment], module: str, seed: Seed
    ) -> None:
        self.performer, self._module, self._seed = performer, module, seed
        self._judgments = judgments
        self._ended = False

    @staticmethod
    def possible(exercise: str, module: str) -> bool:
        """Whether an exercise hands over and returns nothing but values."""
        fixed = [criterion for criterion in criteria_of(exercise, module) if not criterion.varies]
        return all(_fixed_questions(criterion, module) is not None for criterion in fixed)

    @cached_property
    def fixed(self) -> tuple[CriterionAnswers, ...]:
        """The parts that are the same for all students; those with wrong answers come first."""
        return self._parts(drawn=False)

    @cached_property
    def drawn(self) -> tuple[CriterionAnswers, ...]:
        """The parts with inputs drawn for this student."""
        return self._parts(drawn=True)

    @property
    def all(self) -> tuple[CriterionAnswers, ...]:
        """The parts of both sorts."""
        return (*self.fixed, *self.drawn)

    @property
    def right(self) -> bool:
        """Whether all answers are as expected."""
        return all(question.right for part in self.all for question in part.questions)

    @cached_property
    def steady(self) -> bool:
        """Whether what was asked in judging is answered now as it was then."""
        calls = {judgment.criterion.name: _calls(judgment) for judgment in self._judgments}
        return all(
            same_answers(question.got, call.result if call.error is None else call.error)
            for part in self.fixed
            for question, call in zip(part.questions, calls[part.criterion.name], strict=False)
        )

    def _parts(self, *, drawn: bool) -> tuple[CriterionAnswers, ...]:
        parts = []
        for judgment in self._judgments:
            criterion = judgment.criterion
            if criterion.varies is not drawn or self._ended:
                continue
            if drawn:
                asked = _recorded(criterion, self._module, self._seed)
            else:
                asked = _fixed_questions(criterion, self._module)
            answered = self._answered(asked or ())
            rests_on = min(len(_calls(judgment)), len(answered))
            parts.append(CriterionAnswers(criterion, answered, rests_on))
        return tuple(sorted(parts, key=lambda part: part.first_wrong == len(part.questions)))

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


@cache
def _fixed_questions(criterion: Criterion, module: str) -> tuple[Question, ...] | None:
    return _recorded(criterion, module, Seed())


def _recorded(criterion: Criterion, module: str, seed: Seed) -> tuple[Question, ...] | None:
    """All that a criterion asks of the solution; None where functions are handed over."""
    recorder = _Recorder(module)
    judge(criterion, Student(recorder), seed)
    for question in recorder.questions:
        if isinstance(question.expected, Exception):
            without_frames(question.expected)
    return None if recorder.has_functions else tuple(recorder.questions)


class _Recorder:
    """Performs operations on the solution and notes them with their answers."""

    def __init__(self, module: str) -> None:
        self._solution = InProcessSession({module: solution(module)})
        self._objects: list[tuple[Any, Object]] = []
        self.questions: list[Question] = []
        self.has_functions = False

    def perform(self, operation: Operation, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, and note it."""
        answer: Any
        noted = mapped(operands, self._noted)
        try:
            answer = self._solution.perform(operation, *operands)
        except (Raised, NotThere) as error:
            answer = error
        if operation in ASKED:
            first = first_of(operation, answer)
            if is_object(first):
                self._objects.append((first, Object(len(self.questions))))
            mapped([*operands, first], self._look_for_functions)
            self.questions.append(Question(operation, noted, first))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _look_for_functions(self, value: Any) -> None:
        self.has_functions |= isinstance(value, FUNCTIONS)

    def _noted(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value.copy()  # a criterion may go on to change it
        return next((kept for made, kept in self._objects if made is value), value)


def with_objects(operands: tuple[Any, ...], objects: dict[int, Any]) -> tuple[Any, ...]:
    """Operands with the objects in them that were answers before.

    Where the answer was no object, nothing can be asked of it; that counts as an exception.
    """

    def found(value: Any) -> Any:
        if type(value) is not Object:
            return value
        if not is_object(objects[value.place]):
            raise Raised(["AttributeError"], "no object was made", [])
        return objects[value.place]

    made: tuple[Any, ...] = mapped(operands, found)
    return made


def first_of(operation: str, answer: Any) -> Any:
    """What a function returned, without what else was reported of the call."""
    is_report = operation == "call" and isinstance(answer, (list, tuple)) and len(answer) == 4
    return answer[0] if is_report else answer


def _calls(judgment: Judgment) -> list[Call]:
    return [call for call in judgment.transcript if call.kind in ASKED]
