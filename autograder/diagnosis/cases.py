"""What a learner's function returned beside what the solution returns, call by call."""

import importlib
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.checking.equality import same_values
from autograder.checking.expectations import Array
from autograder.checking.judge import Judgement, Seed, judge
from autograder.checking.mistake import solved_student
from autograder.checking.transcript import Call, Event
from autograder.diagnosis.interview import Part

MOST_NUMBERS = 5_000  # no exercise asks for as many
UPDATE = ("weights", "gradient")


@dataclass(frozen=True)
class Case:
    """One call.

    Attributes
    ----------
    inputs : dict
        The arguments by the names of the parameters; those that are numbers, as arrays.
    given : dict
        The same arguments as they were handed over.
    got, expected : object
        What the learner's function and the solution returned.
    events, expected_events : sequence of Event
        Their calls of the grader's functions.
    """

    inputs: dict[str, Array]
    given: dict[str, Any]
    got: Any
    expected: Any
    events: Sequence[Event] = field(default=())
    expected_events: Sequence[Event] = field(default=())

    @property
    def right(self) -> bool:
        """Whether the two are the same, but for the tolerance of the contract."""
        return same_values(self.got, self.expected, rtol=1e-6, atol=1e-9)


def cases_of(judgements: Sequence[Judgement], module: str, seed: Seed) -> list[Case]:
    """All calls of plain functions in judgements of one exercise, in their order."""
    found: list[Case] = []
    for judgement in judgements:
        if not judgement.transcript:
            continue
        solved = judge(judgement.criterion, solved_student(module), seed)
        for ours, theirs in zip(solved.transcript, judgement.transcript, strict=False):
            if ours.target != theirs.target or not _same_arguments(ours, theirs):
                break
            if theirs.error is None and ours.error is None:
                found += _cases(ours, theirs, module)
    return found


def cases_of_parts(parts: Sequence[Part], module: str) -> list[Case]:
    """All answers in parts of an interview that are no exceptions and no objects."""
    found: list[Case] = []
    for each in (question for part in parts for question in part.questions):
        if isinstance(each.got, Exception) or isinstance(each.expected, Exception):
            continue
        (*target,) = each.operands[0]
        if each.operation == "call":
            names = parameters(module, target)
            given = dict(zip(names, each.operands[1], strict=False)) | each.operands[2]
            found.append(Case(_arrays(given), given, each.got, each.expected))
        elif each.operation == "each" and isinstance(each.got, list):
            names = parameters(module, target)
            for arguments, got, expected in zip(
                each.operands[1], each.got, each.expected, strict=False
            ):
                given = dict(zip(names, arguments, strict=False))
                found.append(Case(_arrays(given), given, got, expected))
    return found


def numbers(value: Any) -> Array | None:
    """Numbers as an array of floats; None of anything else, and of very many."""
    if isinstance(value, (list, tuple)):
        if len(value) > MOST_NUMBERS:
            return None
        if any(isinstance(each, (bool, np.bool_, str)) for each in value):
            return None
        try:
            value = np.asarray(value, dtype=float)
        except (TypeError, ValueError, OverflowError):
            return None
    plain = isinstance(value, (int, float, np.ndarray, np.generic))
    if not plain or isinstance(value, (bool, np.bool_)):
        return None
    try:
        array = np.asarray(value)
        if array.size > MOST_NUMBERS:
            return None
        return array.astype(float) if array.dtype.kind in "iuf" else None
    except OverflowError:
        return None


def are_numbers(cases: Sequence[Case]) -> bool:
    """Whether all results, or all their parts, are numbers where numbers are expected."""
    return all(
        (numbers(each.expected) is None) == (numbers(each.got) is None)
        and isinstance(each.got, (list, tuple)) >= isinstance(each.expected, tuple)
        for each in cases
    )


def _cases(ours: Call, theirs: Call, module: str) -> Iterator[Case]:
    if theirs.kind == "call":
        names = parameters(module, [module, theirs.target])
        given = dict(zip(names, theirs.arguments, strict=False)) | theirs.keywords
        yield Case(_arrays(given), given, theirs.result, ours.result, theirs.events, ours.events)
    elif theirs.kind == "each" and isinstance(theirs.result, list):
        names = parameters(module, [module, theirs.target])
        for arguments, got, expected in zip(
            theirs.arguments[-1], theirs.result, ours.result, strict=False
        ):
            given = dict(zip(names, arguments, strict=False))
            yield Case(_arrays(given), given, got, expected)


def _arrays(given: dict[str, Any]) -> dict[str, Array]:
    arrays = {name: numbers(value) for name, value in given.items()}
    return {name: each for name, each in arrays.items() if each is not None}


def parameters(module: str, target: Sequence[Any]) -> tuple[str, ...]:
    """The names of the parameters of a function; of a method, those of an optimizer's update."""
    if not isinstance(target[0], str):
        return UPDATE
    found = getattr(importlib.import_module(f"solutions.{module}"), target[-1], None)
    return tuple(inspect.signature(found).parameters) if callable(found) else ()


def _same_arguments(ours: Call, theirs: Call) -> bool:
    return _same([*ours.arguments], [*theirs.arguments]) and _same(ours.keywords, theirs.keywords)


def _same(one: Any, other: Any) -> bool:
    """Whether two arguments are the same, functions left aside."""
    if callable(one) or callable(other) or hasattr(one, "functions"):
        return type(one) is type(other)
    if type(one) in (list, tuple) and type(other) in (list, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    return same_values(one, other)
