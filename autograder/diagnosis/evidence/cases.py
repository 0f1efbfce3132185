"""What a learner's function returned beside what the solution returns, call by call."""

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from autograder.checking.equality import same_values
from autograder.checking.expectations import NOTHING, Array, Unmet
from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.transcript import Call, Event, mapped
from autograder.diagnosis.evidence.answers import Answer
from autograder.exercises.registry import solution, solved_student
from autograder.sandbox.session import Namespace

MAX_NUMBERS = 5_000  # no exercise asks for as many
NO_NUMBERS = (bool, np.bool_, str)
UPDATE = ("weights", "gradient")


@dataclass(frozen=True)
class Case:
    """One call, with what the learner's function and the solution made of it."""

    given: dict[str, Any]  # the arguments by the names of the parameters
    got: Any
    expected: Any
    events: Sequence[Event] = ()  # calls of the grader's functions
    expected_events: Sequence[Event] = ()

    @cached_property
    def inputs(self) -> dict[str, Array]:
        """The arguments that are numbers, as arrays."""
        arrays = {name: numbers(value) for name, value in self.given.items()}
        return {name: array for name, array in arrays.items() if array is not None}


def cases_of(judgments: Sequence[Judgment], module: str, seed: Seed) -> list[Case]:
    """All calls of plain functions in judgments of one exercise, in their order."""
    found: list[Case] = []
    for judgment in judgments:
        if not judgment.transcript:
            continue
        solved = judge(judgment.criterion, solved_student(module), seed)
        for ours, theirs in zip(solved.transcript, judgment.transcript, strict=False):
            if ours.target != theirs.target or not _same_arguments(ours, theirs):
                break
            if theirs.error is not None or ours.error is not None:
                continue
            names = parameters(module, [module, theirs.target])
            if theirs.kind == "call":
                given = _named(names, theirs.arguments) | theirs.keywords
                found.append(Case(given, theirs.result, ours.result, theirs.events, ours.events))
            elif theirs.kind == "each":
                found += _each(names, theirs.arguments[-1], theirs.result, ours.result)
    return found


def cases_of_answers(answered: Sequence[Sequence[Answer]], module: str) -> list[Case]:
    """All answers of plain functions that are no exceptions; none where numbers do not compare."""
    found: list[Case] = []
    for answer in chain.from_iterable(answered):
        if isinstance(answer.got, Exception) or isinstance(answer.expected, Exception):
            continue
        target, arguments, *keywords = answer.operands
        names = parameters(module, target)
        if answer.operation == "call":
            found.append(Case(_named(names, arguments) | keywords[0], answer.got, answer.expected))
        elif answer.operation == "each":
            found += _each(names, arguments, answer.got, answer.expected)
    return found if all(map(_compare, found)) else []


def compared(judgment: Judgment, module: str) -> Case | None:
    """The comparison on which a criterion ended, where there is one."""
    error, call = judgment.error, judgment.call
    if not isinstance(error, Unmet) or error.got is NOTHING or error.expected is NOTHING:
        return None
    given: dict[str, Any] = {}
    if call is not None and call.kind == "call":
        given = _named(parameters(module, [module, call.target]), call.arguments) | call.keywords
    return Case(given, error.got, error.expected)


def numbers(value: Any) -> Array | None:
    """Numbers as an array of floats; None of anything else, and of very many."""
    try:
        if isinstance(value, (list, tuple)):
            if len(value) > MAX_NUMBERS or any(isinstance(item, NO_NUMBERS) for item in value):
                return None
            value = np.asarray(value, dtype=float)
        plain = isinstance(value, (int, float, np.ndarray, np.generic))
        array = np.asarray(value) if plain and not isinstance(value, NO_NUMBERS) else None
        if array is None or array.size > MAX_NUMBERS or array.dtype.kind not in "iuf":
            return None
        return array.astype(float)
    except (TypeError, ValueError, OverflowError):
        return None


def _compare(case: Case) -> bool:
    """Whether a result, or each of its parts, is a number where one is expected."""
    return (numbers(case.expected) is None) == (numbers(case.got) is None) and (
        isinstance(case.got, (list, tuple)) >= isinstance(case.expected, tuple)
    )


def parameters(module: str, target: Sequence[Any]) -> tuple[str, ...]:
    """The names of the parameters of a function; of a method, those of an optimizer's update."""
    if not isinstance(target[0], str) or "." in target[-1]:
        return UPDATE
    found = getattr(solution(module), target[-1], None)
    return tuple(inspect.signature(found).parameters) if callable(found) else ()


def _named(names: Sequence[str], arguments: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(names, arguments, strict=False))


def _each(names: Sequence[str], lists: Any, got: Any, expected: Any) -> Iterator[Case]:
    """The cases of a function that was called with each list of arguments."""
    if isinstance(got, list):
        for arguments, mine, right in zip(lists, got, expected, strict=False):
            yield Case(_named(names, arguments), mine, right)


def _same_arguments(ours: Call, theirs: Call) -> bool:
    """Whether two calls have the same arguments, functions left aside."""
    return same_values(
        mapped([ours.arguments, ours.keywords], _kind_of_function),
        mapped([theirs.arguments, theirs.keywords], _kind_of_function),
    )


def _kind_of_function(value: Any) -> Any:
    return type(value) if callable(value) or isinstance(value, Namespace) else value
