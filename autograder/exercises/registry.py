"""Criteria and known mistakes by exercise, and the solutions, with or without a mistake."""

import importlib
import importlib.util
from collections.abc import Iterable
from functools import cache
from types import CodeType, ModuleType
from typing import Any

from autograder.checking.criterion import Criterion
from autograder.checking.in_process import InProcessSession
from autograder.checking.mistake import Mistake, mistakes_written_in
from autograder.checking.student import Student
from autograder.exercises.exercise import Exercise
from autograder.exercises.own import find_own_modules
from autograder.refused import Refused

find_own_modules()

__all__ = [
    "Mistake",
    "criteria_in",
    "criteria_of",
    "expect_points_agree",
    "mistakes_in",
    "mistakes_of",
    "solution",
    "solved_module",
    "solved_student",
]


@cache
def mistakes_in(module: str) -> tuple[Mistake, ...]:
    """All known mistakes of one course module, in the order in which they are written."""
    if importlib.util.find_spec(f"autograder.exercises.{module}.mistakes") is None:
        return ()
    return mistakes_written_in(importlib.import_module(f"autograder.exercises.{module}.mistakes"))


def mistakes_of(exercise: str, module: str) -> tuple[Mistake, ...]:
    """All known mistakes of one exercise."""
    return tuple(known for known in mistakes_in(module) if known.exercise == exercise)


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
    return tuple(found for found in criteria_in(module) if found.exercise == exercise)


def expect_points_agree(exercises: Iterable[Exercise]) -> None:
    """Refuse exercises whose criteria have other points than the exercise.

    Of ours, `descent verify` sees to that; of an instructor's own nobody else does.
    """
    for exercise in exercises:
        found = sum(criterion.points for criterion in criteria_of(exercise.name, exercise.module))
        if abs(found - exercise.points) > 1e-9:
            raise Refused(
                f"{exercise.name} is worth {exercise.points:g} points, but its criteria in "
                f"{exercise.module}/checks.py add up to {found:g}."
            )


def solution(module: str) -> ModuleType:
    """The complete module of a name."""
    return importlib.import_module(f"solutions.{module}")
