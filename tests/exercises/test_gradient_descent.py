"""The criteria of lesson 2: every right answer passes, nothing else earns a point."""

import math
from typing import Any

import numpy as np
import pytest

from autograder.exercises.manifest import exercises_in
from autograder.exercises.oracles.bowls import bowl, long_run_factor
from autograder.exercises.oracles.slopes import slopes

NAMES = [each.name for each in exercises_in("gradient_descent")]


def floats(*values: Any) -> list[Any]:
    """Float arrays of all values."""
    return [np.array(value, dtype=float) for value in values]


# -- right answers of all kinds -------------------------------------------------------------------


def slope_by_unit_vectors(loss: Any, weights: Any, step: float = 1e-5) -> Any:
    (at,) = floats(weights)
    rows = [
        (loss(at + step * unit.reshape(at.shape)) - loss(at - step * unit.reshape(at.shape)))
        for unit in np.eye(at.size)
    ]
    return np.array(rows).reshape(at.shape) / (2 * step)


def slope_in_one_buffer(loss: Any, weights: Any, step: float = 1e-5) -> Any:
    (buffer,) = floats(weights)
    gradient = np.zeros(buffer.shape)
    for index, value in np.ndenumerate(np.array(weights, dtype=float)):
        buffer[index] = value - step
        below = loss(buffer)
        buffer[index] = value + step
        gradient[index] = (loss(weights=buffer) - below) / (2 * step)
        buffer[index] = value
    return gradient


def slope_of_all_above_first(loss: Any, weights: Any, step: float = 1e-5) -> Any:
    (at,) = floats(weights)
    sides = []
    for way in (step, -step):
        values = np.empty(at.shape)
        for index in np.ndindex(at.shape):
            moved = at.copy()
            moved[index] += way
            values[index] = float(loss(moved))
        sides.append(values)
    return (sides[0] - sides[1]) / (step + step)


def step_by_a_loop(weights: Any, gradient: Any, learning_rate: float) -> Any:
    w, g = floats(weights, gradient)
    moved = [a - learning_rate * b for a, b in zip(w.ravel(), g.ravel(), strict=True)]
    return np.array(moved).reshape(w.shape)


def step_on_a_copy(weights: Any, gradient: Any, learning_rate: float) -> Any:
    (moved,) = floats(weights)
    moved -= np.multiply(learning_rate, gradient)
    return moved


def step_in_extended_precision(weights: Any, gradient: Any, learning_rate: float) -> Any:
    w, g = np.asarray(weights, dtype=np.longdouble), np.asarray(gradient, dtype=np.longdouble)
    return w + g * -np.longdouble(learning_rate)


def descent_by_a_list(gradient: Any, start: Any, learning_rate: float, steps: int) -> Any:
    (here,) = floats(start)
    path = [here]
    while len(path) <= steps:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.stack(path)


def descent_by_recursion(gradient: Any, start: Any, learning_rate: float, steps: int) -> Any:
    (here,) = floats(start)
    if not steps:
        return here[None]
    rest = descent_by_recursion(
        gradient, here - learning_rate * gradient(weights=here), learning_rate, steps - 1
    )
    return np.concatenate([here[None], rest])


def descent_in_one_buffer(gradient: Any, start: Any, learning_rate: float, steps: int) -> Any:
    (here,) = floats(start)
    path = np.zeros((steps + 1, *here.shape))
    path[0] = here
    for k in range(1, steps + 1):
        here -= learning_rate * np.asarray(gradient(here))
        path[k] = here
    return path


def arrival_by_while(
    gradient: Any,
    start: Any,
    learning_rate: float,
    tolerance: float = 1e-6,
    max_steps: int = 10_000,
) -> Any:
    (here,) = floats(start)
    taken = 0
    while True:
        slope = np.asarray(gradient(here))
        if not np.isfinite(slope).all():
            raise FloatingPointError("no slope")
        if math.sqrt((slope**2).sum()) <= tolerance or taken == max_steps:
            return here, taken
        here = here - learning_rate * slope
        taken += 1


def arrival_as_a_list(
    gradient: Any,
    start: Any,
    learning_rate: float,
    tolerance: float = 1e-6,
    max_steps: int = 10_000,
) -> Any:
    (here,) = floats(start)
    taken = np.int64(0)
    while taken < max_steps:
        slope = np.array(gradient(here), dtype=np.longdouble)
        if not all(math.isfinite(each) for each in slope.ravel()):
            raise OverflowError
        if math.hypot(*slope.ravel()) <= tolerance:
            break
        here = np.array(here - learning_rate * slope, dtype=float)
        taken += 1
    return [here, taken]


def arrival_by_a_dot_product(
    gradient: Any,
    start: Any,
    learning_rate: float,
    tolerance: float = 1e-6,
    max_steps: int = 10_000,
) -> Any:
    (here,) = floats(start)
    for taken in range(max_steps):
        slope = np.asarray(gradient(here))
        if np.isnan(slope).any() or np.isinf(slope).any():
            raise ArithmeticError
        if np.vdot(slope, slope) <= tolerance**2:
            return here, taken
        here -= learning_rate * slope
    return here, max_steps


def regression_by_a_loop(weights: Any, features: Any, targets: Any) -> Any:
    w, x, t = floats(weights, features, targets)
    gradient = np.zeros(len(w))
    for row, target in zip(x, t, strict=True):
        gradient += 2 * (sum(row * w) - target) * row
    return gradient / len(t)


def regression_by_einsum(weights: Any, features: Any, targets: Any) -> Any:
    w, x, t = floats(weights, features, targets)
    return 2 * np.einsum("nd,n->d", x, np.einsum("nd,d->n", x, w) - t) / x.shape[0]


def regression_by_normal_equations(weights: Any, features: Any, targets: Any) -> Any:
    w, x, t = floats(weights, features, targets)
    return 2 * (x.T @ x @ w - x.T @ t) / t.size


def regression_in_extended_precision(weights: Any, features: Any, targets: Any) -> Any:
    x = np.asarray(features, dtype=np.longdouble)
    errors = x.dot(np.asarray(weights)) - np.asarray(targets)
    return (2 * errors[:, None] * x).mean(axis=0)


RIGHT = {
    "numerical_gradient": (slope_by_unit_vectors, slope_in_one_buffer, slope_of_all_above_first),
    "gradient_step": (step_by_a_loop, step_on_a_copy, step_in_extended_precision),
    "gradient_descent": (descent_by_a_list, descent_by_recursion, descent_in_one_buffer),
    "descend_until_flat": (arrival_by_while, arrival_as_a_list, arrival_by_a_dot_product),
    "linear_regression_gradient": (
        regression_by_a_loop,
        regression_by_einsum,
        regression_by_normal_equations,
        regression_in_extended_precision,
    ),
}


# -- the oracles ----------------------------------------------------------------------------------


def test_slopes_of_a_cubic_are_those_of_calculus() -> None:
    at = np.array([[0.3, -1.2], [2.0, 0.0]])
    # the error of central differences on w³ is step² = 1e-10 exactly
    assert np.allclose(slopes(lambda w: (w**3).sum(), at), 3 * at**2, rtol=0, atol=2e-10)


def test_bowl_has_the_curvatures_that_it_was_built_from() -> None:
    made = bowl(np.random.default_rng(5), [3.0, 0.5, 1.0])
    assert np.allclose(np.linalg.eigvalsh(made.hessian), [0.5, 1.0, 3.0])
    assert np.allclose(made.hessian @ made.axes, made.axes * made.curvatures)
    assert np.abs(made.hessian - np.diag(np.diag(made.hessian))).max() > 0.1


@pytest.mark.parametrize("learning_rate", [0.0, 0.1, 0.6, 2 / 3.5, 0.9])
def test_long_run_factor_is_that_of_the_slowest_axis(learning_rate: float) -> None:
    made = bowl(np.random.default_rng(7), [0.25, 1.0, 2.0, 3.0])
    factor = max(abs(1 - learning_rate * each) for each in (0.25, 1.0, 2.0, 3.0))
    # the Frobenius norm of M ** (2 ** 40) is at most 2 times its spectral one: ln 2 / 2 ** 40
    assert math.isclose(long_run_factor(made.hessian, learning_rate), factor, rel_tol=1e-11)


def test_long_run_factor_is_zero_where_one_step_arrives() -> None:
    assert long_run_factor([[2.0, 0.0], [0.0, 2.0]], 0.5) == 0
