"""Submissions graded in this process: the solutions of a module with some functions replaced."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from autograder.checking.in_process import InProcessSession
from autograder.checking.judge import Judgment, Seed, judge
from autograder.diagnosis.evidence.candidates import Budget
from autograder.diagnosis.evidence.courses import Evidence
from autograder.diagnosis.recognize import recognize
from autograder.exercises.manifest import Exercise, exercise, exercises_in
from autograder.exercises.registry import (
    Mistake,
    criteria_of,
    mistakes_of,
    solved_module,
    solved_student,
)
from autograder.grading.grade import grade
from autograder.grading.results import ExerciseResult
from autograder.sandbox.outcomes import Outcome
from autograder.submissions.submission import Submission


class SolvedBackend:
    """Opens sessions on the solutions of one module, with some functions replaced."""

    def __init__(self, module: str, changed: dict[str, Any]) -> None:
        self._module, self._changed = module, changed

    def open(self, files: dict[str, bytes]) -> InProcessSession:
        """A session on a fresh copy of the module."""
        return InProcessSession({self._module: solved_module(self._module, self._changed)})


@pytest.fixture
def marks() -> Callable[..., dict[str, ExerciseResult]]:
    """Grade a module with some functions replaced: results by exercise."""

    def grade_module(
        module: str, changed: dict[str, Any], only: Sequence[str] = (), student: str = "ada"
    ) -> dict[str, ExerciseResult]:
        exercises = [
            e for e in exercises_in(module) if not e.bonus and (not only or e.name in only)
        ]
        result = grade(Submission(student, {}), SolvedBackend(module, changed), exercises, "secret")
        return {each.name: each for each in result.exercises}

    return grade_module


@pytest.fixture
def judged() -> Callable[..., list[Judgment]]:
    """Judge one exercise with one answer, as it is judged when graded."""

    def judge_exercise(
        exercise: Exercise, answer: Any = None, student: str = "ada"
    ) -> list[Judgment]:
        changed = {} if answer is None else {exercise.name: answer}
        submission = solved_student(exercise.module, changed)
        judgments: dict[str, Judgment] = {}
        for each in criteria_of(exercise.name, exercise.module):
            if all(judgments[name].passed for name in each.needs):
                judgments[each.name] = judge(each, submission, Seed("secret", student))
            else:
                judgments[each.name] = Judgment(each, Outcome.NOT_RUN)
        return list(judgments.values())

    return judge_exercise


@pytest.fixture
def recognized() -> Callable[..., dict[str, str]]:
    """The names of the mistakes that explain each failed criterion of an exercise."""

    def recognize_in(
        judgments: Sequence[Judgment], exercise: Exercise, student: str = "ada"
    ) -> dict[str, str]:
        known = mistakes_of(exercise.name, exercise.module)
        evidence = Evidence(Seed("secret", student))
        found = recognize(judgments, exercise.module, known, evidence, Budget(20_000))
        return {criterion: each.name for criterion, each in found.items()}

    return recognize_in


def _first(*arguments: Any, **keywords: Any) -> Any:
    return (*arguments, *keywords.values())[0]


def _last(*arguments: Any, **keywords: Any) -> Any:
    return (*arguments, *keywords.values())[-1]


def _array(*arguments: Any, **keywords: Any) -> Any:
    arrays = [each for each in (*arguments, *keywords.values()) if not callable(each)]
    return np.asarray(arrays[0])


def _refuse(*arguments: Any, **keywords: Any) -> Any:
    raise ValueError("not today")


IDLE: dict[str, Callable[..., Any]] = {
    "None": lambda *a, **k: None,
    "nan": lambda *a, **k: float("nan"),
    "zero": lambda *a, **k: 0.0,
    "one": lambda *a, **k: 1.0,
    "the first argument": _first,
    "the last argument": _last,
    "zeros": lambda *a, **k: np.zeros_like(_array(*a, **k), dtype=float),
    "ones": lambda *a, **k: np.ones_like(_array(*a, **k), dtype=float),
    "nans": lambda *a, **k: np.full_like(_array(*a, **k), np.nan, dtype=float),
    "its argument, and zero": lambda *a, **k: (_array(*a, **k), 0),
    "a string": lambda *a, **k: "too high",
    "ValueError": _refuse,
}


@pytest.fixture(params=IDLE.values(), ids=IDLE.keys())
def idle(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Functions that do nothing useful."""
    function: Callable[..., Any] = request.param
    return function


@pytest.fixture
def verdicts(judged: Callable[..., list[Judgment]]) -> Callable[..., tuple[Outcome, ...]]:
    """How a mistake fares with each criterion of its exercise, for one student."""

    def of(known: Mistake, student: str) -> tuple[Outcome, ...]:
        judgments = judged(exercise(known.exercise), known.answer, student)
        return tuple(each.outcome for each in judgments)

    return of


STRANGE: dict[str, Any] = {
    "an integer beyond floats": 10**400,
    "an integer beyond decimal digits": 10**5000,
    "a list of such": [10**5000],
    "a dict of such": {"weights": 10**5000},
    "a complex number": 1j,
    "complex numbers": np.array([1j, 2.0]),
    "truths": np.array([True, False]),
    "nothing at all": np.zeros((0, 3)),
    "bytes": b"softmax",
    "an object": object(),
    "a ragged list": [[1.0], [2.0, 3.0]],
    "two strange parts": (np.array(["w"]), 10**5000),
}


@pytest.fixture(params=STRANGE.values(), ids=STRANGE.keys())
def strange(request: pytest.FixtureRequest) -> Any:
    """A result that no exercise asks for."""
    return request.param
