"""What holds for every exercise: lists are welcome, arguments stay as they were."""

import copy
import importlib

import numpy as np
import pytest

from autograder.exercises.manifest import EXERCISES

pytestmark = pytest.mark.filterwarnings("error")


class Silent:
    """A network and optimizer that answer without a trace of state."""

    def forward(self, inputs):
        return inputs + 0

    def backward(self, output_gradient):
        return np.ones(2)

    def get_weights(self):
        return np.ones(2)

    def set_weights(self, weights):
        assert weights.shape == (2,)

    def update(self, weights, gradient):
        return weights - gradient


def total(outputs, targets):
    return float(np.sum(outputs - targets))


def ones_like(outputs, targets):
    return np.ones_like(outputs)


def halves(weights):
    return weights / 2


# One call for each exercise. Lists stand where arrays go, and hold whole numbers.
CALLS = {
    "distance": (2, 5),
    "mean_squared_error": ([[1, 2], [3, 5]], [[1, 0], [0, 1]]),
    "mean_squared_error_gradient": ([[1, 2], [3, 5]], [[1, 0], [0, 1]]),
    "sigmoid": ([[-1, 0], [2, 3]],),
    "binary_cross_entropy": ([[1, 0], [1, 0]], [[1, 0], [0, 1]]),
    "sigmoid_cross_entropy_gradient": ([-1, 0, 2], [1, 0, 1]),
    "softmax": ([[-1, 0, 2], [3, 3, 1]],),
    "categorical_cross_entropy": ([[1, 0], [1, 0]], [[1, 0], [0, 1]]),
    "softmax_cross_entropy_gradient": ([[-1, 0, 2], [3, 3, 1]], [[1, 0, 0], [0, 1, 0]]),
    "robust_loss": ([[1, 2], [3, 5]], [[1, 0], [0, 1]]),
    "robust_loss_gradient": ([[1, 2], [3, 5]], [[1, 0], [0, 1]]),
    "numerical_gradient": (lambda w: float(np.sum(w**2)), [[1, 2], [3, 4]]),
    "gradient_step": ([3, 1], [2, -4], 0.25),
    "gradient_descent": (halves, [[8, 4]], 0.5, 3),
    "descend_until_flat": (halves, [[8, 4]], 0.5),
    "linear_regression_gradient": ([1, 2], [[1, 2], [3, 4], [5, 6]], [1, 0, 1]),
    "largest_stable_learning_rate": ([[2, 1], [1, 2]],),
    "contraction_factor": (0.5, [[2, 1], [1, 2]]),
    "best_learning_rate": ([[2, 1], [1, 2]],),
    "judge_learning_rate": ([9, 4, 1, 1],),
    "cosine_schedule": (1, 3, 10, 2),
    "stochastic_gradient_descent": (lambda w, i: w / (2 + i), [8, 4], 3, 0.5, 2),
    "dense_forward": ([[1, 2], [3, 4]], [[1, 0, 2], [0, 1, 3]], [5, 6, 7]),
    "dense_backward": ([[1, 2], [3, 4]], [[1, 0, 2], [0, 1, 3]], [[1, 2], [3, 4], [5, 6]]),
    "relu_forward": ([[-1, 0], [2, 3]],),
    "relu_backward": ([[5, 6], [-7, 8]], [[-1, 0], [2, 3]]),
    "minibatches": ([[1, 2], [3, 4], [5, 6]], [1, 2, 3], 2),
    "training_step": (Silent(), total, ones_like, Silent(), [[1], [2]], [[3], [4]]),
    "train": (Silent(), total, ones_like, Silent(), [[1], [2], [3]], [[3], [4], [5]], 2, 2),
    "largest_curvature": (halves, [[8, 4]], 5),
    "moving_average": ([3, 1, 2, 2], 2),
    "has_converged": ([3, 1, 2, 2], 2),
    "diagnose": ([3, 1, 2, 2], 2, 2),
    "accuracy": ([[0, 1], [1, 0]], [[0, 1], [0, 1]]),
    "early_stopping": ([3, 1, 2, 2], 2),
    "fit_line": ([[0], [2]], [1, 5], 0.25, 2),
    "logistic_regression": ([[1, 0], [0, 2]], [1, 0], 2.0, 2),
    "softmax_regression": ([[1, 0], [0, 2]], [[1, 0], [0, 1]], 1.0, 2, 1),
    "train_with_momentum": (halves, [1, 2], 0.5, 0.5, 2),
    "train_with_adam": (halves, [1, 2], 0.5, 2),
    "train_until_worse": (halves, np.sum, [1, 2], 0.5, 2, 2),
}

APART = {
    "choose_loss",
    "SGD",
    "Momentum",
    "RMSprop",
    "Adam",
    "AdamW",
    "train_classifier",
}  # tested alone


def answer(name):
    entry = next(entry for entry in EXERCISES if entry.name == name)
    return getattr(importlib.import_module(f"solutions.{entry.module}"), name)


def as_arrays(arguments):
    return tuple(np.array(a, dtype=float) if isinstance(a, list) else a for a in arguments)


def flattened(result):
    """All numbers and strings of a result, however nested, in order."""
    if isinstance(result, tuple | list):
        return [leaf for part in result for leaf in flattened(part)]
    return np.ravel(result).tolist()


def test_calls_cover_every_exercise():
    assert set(CALLS) | APART == {entry.name for entry in EXERCISES}


@pytest.mark.parametrize("name", CALLS)
def test_lists_of_integers_give_what_arrays_give(name):
    from_lists = answer(name)(*CALLS[name])
    from_arrays = answer(name)(*as_arrays(CALLS[name]))
    assert flattened(from_lists) == flattened(from_arrays)
    assert flattened(from_lists)


@pytest.mark.parametrize("name", CALLS)
def test_arguments_stay_as_they_were(name):
    arguments = as_arrays(CALLS[name])
    for array in arguments:
        if isinstance(array, np.ndarray):
            array.setflags(write=False)  # writing would raise
    before = [copy.deepcopy(a) for a in arguments if isinstance(a, np.ndarray)]
    answer(name)(*arguments)
    after = [a for a in arguments if isinstance(a, np.ndarray)]
    for old, new in zip(before, after, strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("name", CALLS)
def test_results_share_no_memory_with_arguments(name):
    arguments = as_arrays(CALLS[name])
    result = answer(name)(*arguments)
    parts = result if isinstance(result, tuple | list) else [result]
    arrays = [part for pair in parts for part in (pair if isinstance(pair, tuple) else [pair])]
    for array in arrays:
        for argument in arguments:
            if isinstance(array, np.ndarray) and isinstance(argument, np.ndarray):
                assert not np.shares_memory(array, argument)


@pytest.mark.parametrize(
    "name",
    [
        "mean_squared_error",
        "binary_cross_entropy",
        "categorical_cross_entropy",
        "largest_stable_learning_rate",
        "contraction_factor",
        "best_learning_rate",
        "cosine_schedule",
        "robust_loss",
        "largest_curvature",
        "training_step",
        "accuracy",
    ],
)
def test_scalar_results_are_python_floats(name):
    assert type(answer(name)(*CALLS[name])) is float


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        pytest.param("mean_squared_error", (3, 1), 4, id="mean_squared_error"),
        pytest.param("mean_squared_error_gradient", (3, 1), 4, id="mean_squared_error_gradient"),
        pytest.param("robust_loss", (3, 3), 0, id="robust_loss"),
        pytest.param("robust_loss_gradient", (3, 3), 0, id="robust_loss_gradient"),
        pytest.param("sigmoid", (0,), 0.5, id="sigmoid"),
        pytest.param("sigmoid_cross_entropy_gradient", (0, 1), -0.5, id="sigmoid_cross_entropy"),
        pytest.param("gradient_step", (3, 2, 0.5), 2, id="gradient_step"),
        pytest.param("relu_forward", (-3,), 0, id="relu_forward"),
        pytest.param("relu_backward", (5, 3), 5, id="relu_backward"),
        pytest.param("gradient_descent", (halves, 8, 1, 2), [8, 4, 2], id="gradient_descent"),
    ],
)
def test_plain_numbers_have_the_shape_of_a_number(name, arguments, expected):
    result = answer(name)(*arguments)
    np.testing.assert_array_equal(result, expected)
    assert np.shape(result) == np.shape(expected)
