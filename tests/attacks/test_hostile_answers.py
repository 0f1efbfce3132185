"""Whatever a submission's process answers, each criterion ends with a verdict and a message.

No process is needed for this: the solutions answer in this process, and part of each answer is
exchanged for a value that the codec lets through and no criterion can have foreseen. A check that
raised its own exception would be a fault of the grader, at a learner's will.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import msgpack
import numpy as np
import pytest

from autograder.checking.in_process import InProcessSession
from autograder.exercises.manifest import EXERCISES, MODULES, Exercise
from autograder.exercises.registry import solved_module
from autograder.grading.grade import grade
from autograder.protocol.codec import MAX_DEPTH, MAX_EMPTY, MAX_INTEGER_BYTES, Reference
from autograder.sandbox.backend import Backend
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.session import Namespace
from autograder.submissions.submission import Submission

WITH_POINTS = [module for module in MODULES if module != "welcome"]


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    value: Any = 1.0
    for _ in range(depth):
        value = [value]
    return value


VALUES: dict[str, Any] = {
    "None": None,
    "True": True,
    "zero": 0,
    "minus-one": -1,
    "negative-zero": -0.0,
    "nan": float("nan"),
    "infinity": float("inf"),
    "complex": 1 + 2j,
    "integer-of-65-bits": 2**64,
    "integer-past-floats": 10**400,
    "largest-integer": 2 ** (8 * MAX_INTEGER_BYTES - 2),
    "text": "too high",
    "control-characters": "\x1b[31m\x00\u202e\ud7ff</script>=1+1",
    "long-text": "x" * 100_000,
    "bytes": b"\xff\x00",
    "empty-list": [],
    "empty-tuple": (),
    "empty-dict": {},
    "list-of-None": [None, None, None],
    "list-of-text": ["1.0", "2.0"],
    "ragged": [[1.0], [1.0, 2.0], 3.0],
    "list-of-arrays": [np.zeros(2), np.zeros((3, 1)), "x"],
    "array-in-a-list": [np.zeros(3)],
    "arrays-in-a-list": [np.zeros(3), np.zeros(3)],
    "arrays-in-lists": [[np.zeros(3)] * 2, [np.zeros(3)] * 2],
    "pair-of-ragged": ([1, [2]], [[1], 2]),
    "deep-list": nested(MAX_DEPTH - 1),
    "long-list": list(range(50_000)),
    "odd-keys": {None: 1, 1.5: 2, (1, 2): 3, b"x": 4, "a": nested(MAX_DEPTH - 4)},
    "time": msgpack.Timestamp(1, 1),
    "0-d": np.array(1.0),
    "0-d-bool": np.array(True),
    "no-elements": np.zeros(0),
    "no-elements-but-rows": np.zeros((MAX_EMPTY, 0)),
    "no-elements-but-columns": np.zeros((0, MAX_EMPTY)),
    "32-dimensions": np.zeros((1,) * 32),
    "bools": np.ones(3, bool),
    "smallest-integers": np.full((2, 2), np.iinfo(np.int64).min),
    "unsigned": np.full(3, np.iinfo(np.uint64).max),
    "half": np.full(3, 65504, np.float16),
    "complex-array": np.full((2, 2), 1j),
    "nans": np.full(3, np.nan),
    "infinities": np.array([[np.inf, -np.inf]]),
    "largest": np.full(4, np.finfo(float).max),
    "column": np.ones((3, 1)),
    "row": np.ones((1, 3)),
    "big": np.ones(300_000),
    "number-of-numpy": np.float32(1.5),
    "complex-of-numpy": np.complex64(1j),
    "bool-of-numpy": np.bool_(False),
    "object-that-stays": Reference("learner", 10**18, "\x1b]0;x\x07" * 40, ("a", "b")),
    "objects-that-stay": [Reference("learner", -1, ""), Reference("learner", 0, "x")],
    "grader's-function": lambda *a, **k: 1.0,
    "grader's-namespace": Namespace(forward=lambda x: x),
}


def instead_of_result(value: Any) -> Callable[[str, Any], Any]:
    """Exchange the result of each call, and each result where there are several."""

    def exchange(operation: str, answer: Any) -> Any:
        if operation == "call":
            return [value, *answer[1:]]
        return [value] * len(answer) if isinstance(answer, list) else value

    return exchange


def instead_of_items(value: Any) -> Callable[[str, Any], Any]:
    """Exchange the last item of results that are sequences, and the last of several results."""

    def exchange(operation: str, answer: Any) -> Any:
        if operation == "call":
            result = answer[0]
            if type(result) in (list, tuple) and result:
                result = type(result)([*result[:-1], value])
                if len(result) > 1 and type(result[0]) in (list, tuple):
                    result = type(result)([type(result[0])([value] * len(result[0])), *result[1:]])
            return [result, *answer[1:]]
        return [*answer[:-1], value] if isinstance(answer, list) and answer else value

    return exchange


def instead_of_report(value: Any) -> Callable[[str, Any], Any]:
    """Exchange what is said of the arguments, of shared memory and of warnings."""

    def exchange(operation: str, answer: Any) -> Any:
        if operation == "call" and answer[1] is not None:
            return [answer[0], [[value] * len(answer[1][0]), answer[1][1]], False, [value]]
        return answer

    return exchange


def instead_of_answer(value: Any) -> Callable[[str, Any], Any]:
    """Exchange the whole answer."""
    return lambda operation, answer: value


def instead_of_parts(value: Any) -> Callable[[str, Any], Any]:
    """Exchange every part of the answer's frame at once."""
    return lambda operation, answer: [value] * (len(answer) if isinstance(answer, list) else 1)


PLACES = {
    "result": instead_of_result,
    "items": instead_of_items,
    "report": instead_of_report,
    "answer": instead_of_answer,
    "parts": instead_of_parts,
}


class Exchanging(InProcessSession):
    """The solutions of one module, whose answers are exchanged before the grader sees them."""

    def __init__(self, module: str, exchange: Callable[[str, Any], Any]) -> None:
        super().__init__({module: solved_module(module)})
        self._exchange = exchange

    def perform(self, operation: str, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, and answer with something else."""
        answer = super().perform(operation, *operands, seconds=seconds)
        return answer if operation == "replace" else self._exchange(operation, answer)


class ExchangingBackend:
    """Opens such sessions."""

    def __init__(self, module: str, exchange: Callable[[str, Any], Any]) -> None:
        self._module, self._exchange = module, exchange

    def open(self, files: dict[str, bytes]) -> Any:
        """A new session."""
        return Exchanging(self._module, self._exchange)


def exercises_of(module: str) -> list[Exercise]:
    return [exercise for exercise in EXERCISES if exercise.module == module and not exercise.bonus]


def assert_graded(module: str, backend: Backend) -> None:
    with np.errstate(all="ignore"):
        result = grade(Submission("eve", {}), backend, exercises_of(module), "secret")
    for graded in result.exercises:
        for criterion in graded.criteria:
            assert criterion.outcome is not Outcome.GRADER_FAULT
            for line in criterion.message.splitlines():
                assert line.isprintable(), criterion.name
                assert len(line) <= 500, criterion.name
            if not criterion.passed and criterion.outcome is not Outcome.NOT_RUN:
                assert criterion.message, criterion.name


def cases() -> Iterator[Any]:
    """Parameters: each value in each lesson, at each place, and each place in each lesson.

    All that three together would be five times as many, and each pair of two is met. One lesson
    with every fourth value at one place is for every change, the others for the long run.
    """
    values = enumerate(VALUES)
    for (lesson, module), (number, name) in product(enumerate(WITH_POINTS), values):
        place = list(PLACES)[(lesson + number) % len(PLACES)]
        ragged = name == "pair-of-ragged"
        chosen = module == "losses" and (ragged or number % 4 == 0)
        marks = [] if chosen else [pytest.mark.exhaustive]
        yield pytest.param(module, place, name, id=f"{module}-{place}-{name}", marks=marks)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("module", "place", "name"), list(cases()))
def test_grade_ends_with_a_verdict_whatever_is_answered(module: str, place: str, name: str) -> None:
    assert_graded(module, ExchangingBackend(module, PLACES[place](VALUES[name])))
