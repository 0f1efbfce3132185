"""How known mistakes are written: as slips in the solution, or as functions of what is given."""

import doctest
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import autograder.checking.criterion
import autograder.checking.mistake
from autograder.checking.mistake import Given, Instead, Slip, text_without_docstrings
from autograder.exercises.registry import solved_module
from solutions import gradient_descent, losses, optimizers


@pytest.mark.parametrize("module", [autograder.checking.mistake, autograder.checking.criterion])
def test_examples_of_the_languages_hold(module: ModuleType) -> None:
    results = doctest.testmod(module)
    assert results.attempted
    assert not results.failed


def test_slip_changes_one_place_and_calls_the_other_functions_of_its_module() -> None:
    slip = Slip(losses.sigmoid_cross_entropy_gradient, {" / logits.size": ""})
    home = solved_module("losses", {"sigmoid": lambda logits: logits + 1.0})
    np.testing.assert_array_equal(slip(home)([2.0, 3.0], [1.0, 1.0]), [2.0, 3.0])


def test_slip_in_a_class_leaves_its_other_methods() -> None:
    slip = Slip(optimizers.Momentum, {"momentum=0.9": "momentum", "+ gradient": "- gradient"})
    made = slip(solved_module("optimizers"))(0.5, 0.5)
    np.testing.assert_array_equal(made.update([1.0], [2.0]), [2.0])


@pytest.mark.parametrize(
    ("changes", "text", "count"),
    [
        ({"axis=-2": "axis=0"}, "axis=-2", 0),
        ({"axis=-1": "axis=0"}, "axis=-1", 2),
        ({"np.exp": "exp", "np.exp(": "np.exp2("}, "np.exp(", 0),
    ],
    ids=["nowhere", "in two places", "no longer"],
)
def test_slip_must_find_its_place_once(changes: dict[str, str], text: str, count: int) -> None:
    slip = Slip(losses.softmax, changes)
    with pytest.raises(ValueError, match="softmax: a slip changes") as raised:
        slip(solved_module("losses"))
    assert f"{text!r}, which is in the solution {count} times" in str(raised.value)


def test_slip_never_changes_a_docstring() -> None:
    for solution in (losses.softmax, optimizers.Adam):
        text = text_without_docstrings(solution)
        assert '"""' not in text
        assert text.count("\n    return") + text.count("\n        return") == 1


def test_instead_is_given_the_arguments_by_name_with_their_defaults() -> None:
    def seen(given: Given) -> Any:
        return given.tolerance, given.max_steps, given.right(max_steps=0)[1]

    wrong = Instead("descend_until_flat", seen)(solved_module("gradient_descent"))
    assert wrong(lambda weights: weights, [1.0], 0.1, max_steps=7) == (1e-6, 7, 0)
    assert wrong.__name__ == gradient_descent.descend_until_flat.__name__
    with pytest.raises(TypeError, match="start"):
        wrong(lambda weights: weights)


def test_given_knows_no_other_names() -> None:
    with pytest.raises(AttributeError, match="logit"):
        _ = Given(losses.sigmoid, {"logits": [0.0]}).logit
