"""Criteria and known mistakes by exercise, and the solutions, with or without a mistake."""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import CodeType, ModuleType
from typing import Any

from autograder.checking.criterion import Criterion
from autograder.checking.in_process import InProcessSession
from autograder.checking.student import Student


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
    if importlib.util.find_spec(f"autograder.exercises.{module}.mistakes") is None:
        return ()
    home = importlib.import_module(f"autograder.exercises.{module}.mistakes")
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


@cache
def criteria_in(module: str) -> tuple[Criterion, ...]:
    """All criteria of one course module, in the order in which they are written."""
    if importlib.util.find_spec(f"autograder.exercises.{module}.checks") is None:
        return ()
    checks: Any = importlib.import_module(f"autograder.exercises.{module}.checks")
    return tuple(value.criterion for value in vars(checks).values() if hasattr(value, "criterion"))


def criteria_of(exercise: str, module: str) -> tuple[Criterion, ...]:
    """All criteria of one exercise."""
    return tuple(each for each in criteria_in(module) if each.exercise == exercise)
