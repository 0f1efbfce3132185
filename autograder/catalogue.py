"""The catalogue of known mistakes, and recognizing one in what a learner's function returned."""

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from types import CodeType, ModuleType
from typing import Any

import numpy as np

from autograder.exercises import exercise
from autograder.expectations import Unmet
from autograder.judging import Judgement, Seed, judge
from autograder.outcomes import NotThere, Outcome, Raised
from autograder.protocol.values import Reference
from autograder.sandbox.in_process import InProcessSession
from autograder.student import Call, LearnerObject, Student

STAYING = (Reference, LearnerObject)


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer to an exercise.

    Attributes
    ----------
    name : str
        Its id: the name of the function or class that makes it.
    exercise : str
        The exercise that it answers wrongly.
    says : str
        What to tell who made it: the cause and the next step, in one or two sentences.
    read : str
        The heading of the lesson's section that explains it.
    answer : object
        The wrong function or class.
    """

    name: str
    exercise: str
    says: str
    read: str
    answer: Any


def mistake(
    exercise: str, *, says: str, read: str, takes_module: bool = False
) -> Callable[[Any], Any]:
    """Declare a function or class to be a known wrong answer; see `Mistake`.

    An answer that needs the other functions of its module is declared with `takes_module`: it is
    called with the module and returns the wrong function.
    """

    def declare(answer: Any) -> Any:
        answer.mistake = Mistake(answer.__name__, exercise, says, read, answer)
        answer.takes_module = takes_module
        return answer

    return declare


@cache
def mistakes_in(module: str) -> tuple[Mistake, ...]:
    """All known mistakes of one course module, in the order in which they are written."""
    if importlib.util.find_spec(f"autograder.mistakes.{module}") is None:
        return ()
    home = importlib.import_module(f"autograder.mistakes.{module}")
    found = (
        vars(value).get("mistake") for value in vars(home).values() if hasattr(value, "__dict__")
    )
    return tuple(each for each in found if isinstance(each, Mistake))


def mistakes_of(exercise: str, module: str) -> tuple[Mistake, ...]:
    """All known mistakes of one exercise."""
    return tuple(each for each in mistakes_in(module) if each.exercise == exercise)


def solved_student(module: str, changed: dict[str, Any] | None = None) -> Student:
    """The solutions of one module as a student, with some functions replaced."""
    return Student(InProcessSession({module: solved_module(module, changed)}))


def solved_module(module: str, changed: dict[str, Any] | None = None) -> ModuleType:
    """A fresh copy of the solutions of one module, with some functions replaced."""
    home = ModuleType(f"solutions.{module}")
    home.__package__ = "solutions"
    exec(_solution_code(module), vars(home))  # noqa: S102 - our own solutions, from our own files
    for name, answer in (changed or {}).items():
        setattr(home, name, answer(home) if getattr(answer, "takes_module", False) else answer)
    return home


@cache
def _solution_code(module: str) -> CodeType:
    found = importlib.util.find_spec(f"solutions.{module}")
    assert found is not None
    loader: Any = found.loader
    code: CodeType = loader.get_code(f"solutions.{module}")
    return code


def recognize(
    judgements: Sequence[Judgement], module: str, seed: Seed, known: Iterable[Mistake]
) -> dict[str, Mistake]:
    """The mistake that explains each failed criterion of an exercise, where exactly one does.

    Each known mistake is run through the same criteria, on the same inputs; it explains a criterion
    where every call returns what the learner's did. Where a right answer shuffles, values cannot be
    compared; there it explains a criterion that ends with the same finding.

    Returns
    -------
    dict
        Mistakes by the name of the criterion.
    """
    complete = (Outcome.PASSED, Outcome.FAILED, Outcome.RAISED)
    judged = [each for each in judgements if each.outcome in complete]
    failed = [each for each in judged if not each.passed]
    if not failed:
        return {}
    matches = {each.name: _matches(judged, module, seed, each) for each in known}
    by_name = {each.name: each for each in known}
    shuffled = exercise(judged[0].criterion.exercise).shuffles
    for level in ("same values", "same findings") if shuffled else ("same values",):
        whole = [
            name for name, levels in matches.items() if all(level in got for got in levels.values())
        ]
        if len(whole) == 1:
            return {each.criterion.name: by_name[whole[0]] for each in failed}
        if whole:
            return {}
    explained = {}
    for each in failed:
        name = each.criterion.name
        fitting = [m for m, levels in matches.items() if "same values" in levels.get(name, ())]
        if len(fitting) == 1 and each.outcome is Outcome.FAILED:
            explained[name] = by_name[fitting[0]]
    return explained


def _matches(
    judged: Sequence[Judgement], module: str, seed: Seed, known: Mistake
) -> dict[str, set[str]]:
    """At which level a mistake reproduces each judged criterion."""
    student = solved_student(module, {known.exercise: known.answer})
    levels: dict[str, set[str]] = {}
    with np.errstate(all="ignore"):
        for theirs in judged:
            ours = judge(theirs.criterion, student, seed)
            found = levels[theirs.criterion.name] = set()
            if ours.outcome is theirs.outcome and _finding(ours) == _finding(theirs):
                found.add("same findings")
                if _same_calls(ours.transcript, theirs.transcript):
                    found.add("same values")
    return levels


def _finding(judgement: Judgement) -> str:
    error = judgement.error
    if isinstance(error, Unmet):
        return error.finding
    return error.kind if isinstance(error, Raised) else ""


def _same_calls(ours: Sequence[Call], theirs: Sequence[Call]) -> bool:
    if len(ours) != len(theirs):
        return False
    for one, other in zip(ours, theirs, strict=True):
        if one.target != other.target or len(one.events) != len(other.events):
            return False
        if not _same_error(one.error, other.error) or not same_values(one.result, other.result):
            return False
        for event, counterpart in zip(one.events, other.events, strict=True):
            if event.name != counterpart.name:
                return False
            if not same_values(event.arguments, counterpart.arguments):
                return False
    return True


def _same_error(one: Exception | None, other: Exception | None) -> bool:
    if isinstance(one, Raised) and isinstance(other, Raised):
        return one.kind == other.kind
    return type(one) is type(other) or (isinstance(one, NotThere) and isinstance(other, NotThere))


def same_values(one: Any, other: Any, rtol: float = 1e-7, atol: float = 1e-12) -> bool:
    """Whether two returned values are the same but for rounding."""
    if isinstance(one, STAYING) or isinstance(other, STAYING):
        # What an object does shows in its calls; its class may have any name.
        return isinstance(one, STAYING) and isinstance(other, STAYING)
    if type(one) in (list, tuple) and type(other) in (list, tuple):
        return len(one) == len(other) and all(map(same_values, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_values(one[k], other[k]) for k in one)
    numeric = (bool, int, float, np.ndarray, np.generic)
    if isinstance(one, numeric) and isinstance(other, numeric):
        first, second = np.asarray(one), np.asarray(other)
        if first.shape != second.shape:
            return False
        if "O" in (first.dtype.kind, second.dtype.kind):  # integers of more than 64 bits
            return bool(np.array_equal(first, second))
        with np.errstate(all="ignore"):
            return bool(np.allclose(first, second, rtol=rtol, atol=atol, equal_nan=True))
    return type(one) is type(other) and bool(one == other)
