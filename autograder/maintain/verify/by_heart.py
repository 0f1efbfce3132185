"""What an exercise gives to who knows all questions and answers by heart, and nothing else.

The repository is public: anyone can run the criteria on the solutions for a student and a secret
made up, and write down what was asked and what was right, with the calls that were made of
functions that were handed over. A table of these, made for some other students, is graded here as
its own answer. Where it does not know a question it guesses: each kind of `GUESSES` is tried.
"""

import inspect
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checking.judge import Seed, judge
from autograder.exercises.manifest import EXERCISES, Exercise
from autograder.exercises.registry import criteria_of, solved_module, solved_student
from autograder.sandbox.session import Namespace

OTHERS = [Seed("made up", name) for name in ("ada", "grace")]
GRADED = Seed("the secret", "sofja")
ANSWERED_BY_A_TABLE = ("choose_loss",)  # three answers and a refusal: who knows them has it right
GUESSES = ("the commonest answer", "the answer at this place", "the next answer", "an error")


@dataclass
class Answer:
    """What a solution answered to a question.

    Attributes
    ----------
    value : object
        What it returned, or the exception that it raised.
    calls : list
        The calls of functions that were handed over: which, and its arguments.
    """

    value: Any
    calls: list[tuple[tuple[Any, ...], tuple[Any, ...]]] = field(default_factory=list)


class Table:
    """All questions of an exercise with their answers, and the answers in their order."""

    def __init__(self) -> None:
        self.known: dict[str, Answer] = {}
        self.in_order: list[Answer] = []

    def note(self, question: str, answer: Answer) -> None:
        """Note one answer."""
        self.known.setdefault(question, answer)
        self.in_order.append(answer)

    @cached_property
    def commonest(self) -> Answer:
        """The answer that is right most often."""
        counts = Counter(repr(answer.value) for answer in self.in_order)
        most = counts.most_common(1)[0][0]
        return next(answer for answer in self.in_order if repr(answer.value) == most)

    @cached_property
    def error(self) -> Answer:
        """The exception that is raised most often."""
        raised = [answer for answer in self.in_order if isinstance(answer.value, Exception)]
        counts = Counter(type(error.value) for error in raised)
        if not raised:
            return Answer(ValueError("no"))
        return next(error for error in raised if type(error.value) is counts.most_common(1)[0][0])


class Crammer:
    """Answers from a table, and else guesses in one way; `module` is where its functions are."""

    def __init__(self, table: Table, guess: str, module: ModuleType) -> None:
        self._table, self._guess, self._module = table, guess, module
        self._asked = self._guessed = 0

    def answer(self, question: str, arguments: tuple[Any, ...]) -> Any:
        """What it answers to a question with functions among the arguments."""
        found = self._table.known.get(question)
        if found is None:
            found = self._guessing()
        self._asked += 1
        for path, given in found.calls:
            try:
                function = _at(arguments, path)
            except (LookupError, TypeError):
                continue
            function(*given)
        if isinstance(found.value, Exception):
            raise found.value
        return self._own(found.value)

    def _guessing(self) -> Answer:
        order = self._table.in_order
        if self._guess == "the commonest answer":
            return self._table.commonest
        if self._guess == "an error":
            return self._table.error
        self._guessed += 1
        place = self._asked if self._guess == "the answer at this place" else self._guessed
        return order[place % len(order)]

    def _own(self, value: Any) -> Any:
        if inspect.isfunction(value):
            return getattr(self._module, value.__name__, value)
        return _copied(value)


def recorded(name: str, table: Table) -> Any:
    """What makes a function or class that answers as the solution does, and notes each answer."""

    def of(module: ModuleType) -> Any:
        return _recording(getattr(module, name), table)

    of.takes_module = True  # type: ignore[attr-defined]
    return of


def _recording(solution: Any, table: Table) -> Any:
    signature = inspect.signature(solution)

    def answered(question: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        calls: list[tuple[tuple[Any, ...], tuple[Any, ...]]] = []
        try:
            result = function(*_noting(arguments, calls))
            result = list(result) if inspect.isgenerator(result) else result
        except Exception as error:
            table.note(question, Answer(error, calls))
            raise
        table.note(question, Answer(_copied(result), calls))
        return result

    def asked(*arguments: Any, **named: Any) -> Any:
        values = _bound(signature, arguments, named)
        if not inspect.isclass(solution):
            return answered(_key(values), solution, values)
        made: Any = solution(*values)
        history = [_key(values)]

        def update(weights: Any, gradient: Any) -> Any:
            history.append(_key((weights, gradient)))
            return answered("\n".join(history), made.update, (weights, gradient))

        return _Object(update)

    return asked


def crammed(solution: Any, table: Table, guess: str) -> Any:
    """What makes a function or class that answers from a table, as part of a module."""
    signature = inspect.signature(solution)

    def of(module: ModuleType) -> Any:
        crammer = Crammer(table, guess, module)

        def asked(*arguments: Any, **named: Any) -> Any:
            values = _bound(signature, arguments, named)
            if not inspect.isclass(solution):
                return crammer.answer(_key(values), values)
            history = [_key(values)]

            def update(weights: Any, gradient: Any) -> Any:
                history.append(_key((weights, gradient)))
                return crammer.answer("\n".join(history), (weights, gradient))

            return _Object(update)

        return asked

    of.takes_module = True  # type: ignore[attr-defined]
    return of


class _Object:
    """An object with a method update."""

    def __init__(self, update: Callable[[Any, Any], Any]) -> None:
        self.update = update


@cache
def points_by_heart(exercise: Exercise) -> dict[str, float]:
    """What a table of all questions and answers earns of an exercise, by how it guesses.

    It is nothing where there is no solution, or the criteria ask nothing.
    """
    solution = getattr(solved_module(exercise.module), exercise.name, None)
    table = Table()
    criteria = criteria_of(exercise.name, exercise.module)
    for seed in OTHERS if solution is not None else []:
        student = solved_student(exercise.module, {exercise.name: recorded(exercise.name, table)})
        for criterion in criteria:
            judge(criterion, student, seed)
    if not table.in_order:
        return dict.fromkeys(GUESSES, 0.0)
    return {guess: _earned(exercise, crammed(solution, table, guess)) for guess in GUESSES}


def _earned(exercise: Exercise, answer: Any) -> float:
    """What an answer earns."""
    student = solved_student(exercise.module, {exercise.name: answer})
    passed: dict[str, bool] = {}
    earned = 0.0
    for criterion in criteria_of(exercise.name, exercise.module):
        needed = all(passed.get(name, False) for name in criterion.needs)
        passed[criterion.name] = needed and judge(criterion, student, GRADED).passed
        earned += criterion.points * passed[criterion.name]
    return earned


def judged_exercises() -> list[Exercise]:
    """The exercises with points that are not to be had by heart."""
    exercises = (exercise for exercise in EXERCISES if exercise.points and not exercise.bonus)
    return [exercise for exercise in exercises if exercise.name not in ANSWERED_BY_A_TABLE]


def _bound(
    signature: inspect.Signature, arguments: tuple[Any, ...], named: dict[str, Any]
) -> tuple[Any, ...]:
    bound = signature.bind(*arguments, **named)
    bound.apply_defaults()
    return tuple(bound.arguments.values())


def _key(value: Any) -> str:
    """Arguments as text: an array and a list of the same numbers are one, and all functions."""
    if isinstance(value, Namespace) or callable(value):
        return "function"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_key, value)) + ")"
    if isinstance(value, (list, np.ndarray, int, float, np.generic)):
        return repr(np.asarray(value, dtype=float).tolist())
    return repr(value)


def _noting(value: Any, calls: list[Any], path: tuple[Any, ...] = ()) -> Any:
    """The same value, with functions that note each call and its arguments."""
    if isinstance(value, tuple):
        return tuple(_noting(element, calls, (*path, n)) for n, element in enumerate(value))
    if isinstance(value, Namespace):
        return Namespace(
            **{
                name: _noting(function, calls, (*path, name))
                for name, function in value.functions.items()
            }
        )
    if not callable(value):
        return value

    def noted(*arguments: Any) -> Any:
        calls.append((path, _copied(arguments)))
        return value(*arguments)

    return noted


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = getattr(value, step) if isinstance(step, str) else value[step]
    return value


def _copied(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(_copied(element) for element in value)
    return value
