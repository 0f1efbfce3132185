"""What is said of a mistake that nobody listed: each known one, taken out of the catalogue.

All of them are judged by reading, beside the sentence that was judged, with
`benchmarks/leave_one_out.py`. For every change each twelfth is searched for again, in the
exhaustive tier all.
"""

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.exercises.manifest import MODULES, exercise
from autograder.exercises.registry import Mistake, mistakes_in

TOOL = Path(__file__).parents[2] / "benchmarks" / "leave_one_out.py"
JUDGED = [
    (module, each)
    for module in MODULES
    for each in mistakes_in(module)
    if not exercise(each.exercise).bonus
]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The benchmark as a module."""
    found = importlib.util.spec_from_file_location(TOOL.stem, TOOL)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[TOOL.stem] = module  # a dataclass looks its module up there
    found.loader.exec_module(module)
    return module


def test_leave_one_out_has_a_verdict_on_every_mistake(tool: ModuleType) -> None:
    assert tool.verdicts().keys() == {each.name for _, each in JUDGED}


def test_leave_one_out_verdicts_are_of_the_four_kinds(tool: ModuleType) -> None:
    assert {verdict for verdict, _ in tool.verdicts().values()} <= {*tool.KINDS}


def test_leave_one_out_names_the_cause_of_seven_in_ten(tool: ModuleType) -> None:
    counts = Counter(verdict for verdict, _ in tool.verdicts().values())
    assert counts["cause"] >= 0.7 * counts.total()
    assert counts["misleads"] <= 0.02 * counts.total()


@pytest.mark.sampled(every=24)  # both parameters count: each twelfth
@pytest.mark.parametrize(("module", "known"), JUDGED, ids=[known.name for _, known in JUDGED])
def test_leave_one_out_says_what_was_judged(module: str, known: Mistake, tool: ModuleType) -> None:
    _, judged = tool.verdicts()[known.name]
    said = tool.left_out(module, known).said
    assert said == judged, "judge it again with benchmarks/leave_one_out.py"


def floats(*values: Any) -> list[Any]:
    """Arguments as arrays of floats."""
    return [np.asarray(each, dtype=float) for each in values]


def slope_without_brackets(predictions: Any, targets: Any) -> Any:
    predictions, targets = floats(predictions, targets)
    return 2 * predictions - targets / predictions.size


def step_divided_by_the_rate(weights: Any, gradient: Any, learning_rate: float) -> Any:
    weights, gradient = floats(weights, gradient)
    return weights - gradient / learning_rate


def step_by_the_sign(weights: Any, gradient: Any, learning_rate: float) -> Any:
    weights, gradient = floats(weights, gradient)
    return weights - learning_rate * np.sign(gradient)


def gradient_asked_at_the_start(
    gradient: Any, start: Any, learning_rate: float, steps: int
) -> np.ndarray[Any, Any]:
    (start,) = floats(start)
    path = [start]
    for _ in range(steps):
        path.append(start - learning_rate * gradient(start.copy()))
    return np.array(path)


def largest_of_each_run(losses: Any, window: int) -> np.ndarray[Any, Any]:
    if not 1 <= window <= len(losses):
        raise ValueError("window")
    return np.array([max(losses[n : n + window]) for n in range(len(losses) - window + 1)], float)


def accuracy_of_all_or_nothing(probabilities: Any, targets: Any) -> float:
    return float(np.all(np.argmax(probabilities, axis=1) == np.argmax(targets, axis=1)))


UNLISTED = (
    ("losses", "mean_squared_error_gradient", slope_without_brackets, "brackets is missing"),
    (
        "gradient_descent",
        "gradient_step",
        step_divided_by_the_rate,
        "/ for * beside `learning_rate`",
    ),
    ("gradient_descent", "gradient_step", step_by_the_sign, "only the sign of `gradient`"),
    ("gradient_descent", "gradient_descent", gradient_asked_at_the_start, "get the same point"),
    ("loss_curves", "moving_average", largest_of_each_run, "`max(x)` where `mean(x)` belongs"),
    ("loss_curves", "accuracy", accuracy_of_all_or_nothing, "`all(x)` where `mean(x)` belongs"),
)


@pytest.mark.parametrize(
    ("module", "name", "answer", "phrase"), UNLISTED, ids=[each[2].__name__ for each in UNLISTED]
)
def test_diagnosis_names_a_mistake_that_is_not_in_the_catalogue(
    module: str, name: str, answer: Any, phrase: str, tool: ModuleType
) -> None:
    made = Mistake(answer.__name__, name, says="", read="", answer=answer)
    assert phrase in tool.left_out(module, made).said
