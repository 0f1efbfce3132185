"""Descent against closed forms: exact differences, geometric paths, known step counts."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from solutions import gradient_descent as descent

pytestmark = pytest.mark.filterwarnings("error")
steady = settings(derandomize=True, deadline=None, database=None)


def recorder(function):
    """The function, and the list of copies of every point at which it is called."""
    seen = []

    def recorded(weights):
        seen.append(np.array(weights))
        return function(weights)

    return recorded, seen


# numerical_gradient


def test_numerical_gradient_of_a_cubic_is_off_by_the_square_of_the_step():
    # ((w + h)³ - (w - h)³) / 2h = 3w² + h²: only central differences give h², and h = ½ is exact
    gradient = descent.numerical_gradient(lambda w: float(np.sum(w**3)), [1.0, 2.0], step=0.5)
    np.testing.assert_array_equal(gradient, [3.25, 12.25])


@steady
@given(arrays(float, (2, 3), elements=st.floats(-10, 10)))
def test_numerical_gradient_is_exact_on_quadratics_up_to_rounding(weights):
    scale = np.arange(1.0, 7.0).reshape(2, 3)
    gradient = descent.numerical_gradient(lambda w: float(np.sum(scale * w**2)), weights)
    # losses up to 6 · 21 · 100 with 10 roundings of 1.2e-16, divided by a step of 2e-5
    np.testing.assert_allclose(gradient, 2 * scale * weights, atol=2100 * 10 * 1.2e-16 / 2e-5)


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 2)])
def test_numerical_gradient_looks_at_each_coordinate_twice_and_nowhere_else(shape):
    start = np.arange(math.prod(shape), dtype=float).reshape(shape)
    loss, seen = recorder(lambda w: float(np.sum(w)))
    gradient = descent.numerical_gradient(loss, start, step=0.25)
    assert gradient.shape == shape
    np.testing.assert_array_equal(gradient, np.ones(shape))
    offsets = [point - start for point in seen]
    assert len(offsets) == 2 * start.size
    assert all(point.shape == shape and point.dtype == float for point in seen)
    moved = sorted((int(np.argmax(np.abs(o))), float(np.sum(o))) for o in offsets)
    assert all(np.count_nonzero(offset) == 1 for offset in offsets)
    assert moved == [(i, side) for i in range(start.size) for side in (-0.25, 0.25)]


def test_numerical_gradient_agrees_with_the_cosine():
    weights = np.linspace(-3, 3, 7)
    gradient = descent.numerical_gradient(lambda w: float(np.sum(np.sin(w))), weights)
    # truncation h²/6 = 2e-11; rounding of a sum of size 7: about 1e-15 / 1e-5 = 1e-10
    np.testing.assert_allclose(gradient, np.cos(weights), atol=3e-10)


def test_numerical_gradient_takes_integers_as_floats():
    gradient = descent.numerical_gradient(lambda w: float(w[0] * w[1]), [3, 4])
    np.testing.assert_allclose(gradient, [4, 3], rtol=1e-9)


# gradient_step


@pytest.mark.parametrize(
    ("weights", "gradient", "learning_rate", "expected"),
    [
        pytest.param([3.0, 1.0], [2.0, -4.0], 0.25, [2.5, 2.0], id="by hand"),
        pytest.param([[1, 2]], [[1, 1]], 0.5, [[0.5, 1.5]], id="integers"),
        pytest.param([7.0], [3.0], 0.0, [7.0], id="rate 0"),
        pytest.param(5.0, 2.0, 0.5, 4.0, id="plain numbers"),
    ],
)
def test_gradient_step_goes_against_the_gradient(weights, gradient, learning_rate, expected):
    result = descent.gradient_step(weights, gradient, learning_rate)
    np.testing.assert_array_equal(result, expected)
    assert np.shape(result) == np.shape(weights)


@pytest.mark.parametrize("learning_rate", [0.0, 0.1])
def test_gradient_step_shares_no_memory(learning_rate):
    weights, gradient = np.ones(3), np.ones(3)
    result = descent.gradient_step(weights, gradient, learning_rate)
    assert not np.shares_memory(result, weights)
    assert not np.shares_memory(result, gradient)


# gradient_descent


@pytest.mark.parametrize("learning_rate", [0.0, 0.125, 0.25, 0.5, 0.75, 1.0, 1.25])
def test_gradient_descent_on_a_parabola_is_a_geometric_sequence(learning_rate):
    # on w² each step multiplies by 1 - 2 · rate; binary fractions, so every value is exact
    path = descent.gradient_descent(lambda w: 2 * w, [1.0, -2.0], learning_rate, 12)
    factors = [(1 - 2 * learning_rate) ** k for k in range(13)]
    np.testing.assert_array_equal(path, np.outer(factors, [1.0, -2.0]))


def test_gradient_descent_on_a_bowl_matches_its_eigenvectors():
    rng = np.random.default_rng(2)
    basis, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    curvatures = np.array([0.1, 0.5, 1.0, 2.0])
    hessian = basis * curvatures @ basis.T
    start, rate = rng.normal(size=4), 0.6
    path = descent.gradient_descent(lambda w: hessian @ w, start, rate, 50)
    powers = (1 - rate * curvatures) ** np.arange(51)[:, None]
    expected = (powers * (basis.T @ start)) @ basis.T
    # 50 steps, each adding about 10 roundings of values below 5
    np.testing.assert_allclose(path, expected, atol=50 * 10 * 5 * 1.2e-16)


@pytest.mark.parametrize("shape", [(), (1,), (2, 3), (2, 1, 2)])
@pytest.mark.parametrize("steps", [0, 1, 4])
def test_gradient_descent_keeps_shapes_and_counts(shape, steps):
    gradient, seen = recorder(lambda w: w)
    path = descent.gradient_descent(gradient, np.ones(shape), 0.5, steps)
    assert path.shape == (steps + 1, *shape)
    assert len(seen) == steps
    for k, point in enumerate(seen):
        assert point.shape == shape
        assert point.dtype == float
        np.testing.assert_array_equal(point, path[k])


def test_gradient_descent_hands_over_arrays_even_without_dimensions():
    kinds = []
    descent.gradient_descent(lambda w: kinds.append(type(w)) or w, 8, 0.5, 2)
    assert kinds == [np.ndarray, np.ndarray]


def test_gradient_descent_path_survives_a_gradient_that_writes_into_its_argument():
    def careless(weights):
        weights *= 2
        return weights

    path = descent.gradient_descent(careless, [8.0], 0.25, 3)
    np.testing.assert_array_equal(path, [[8], [4], [2], [1]])


def test_gradient_descent_starts_from_integers():
    path = descent.gradient_descent(lambda w: w, [1, 3], 0.5, 1)
    np.testing.assert_array_equal(path, [[1, 3], [0.5, 1.5]])


# descend_until_flat


@steady
@given(st.floats(1e-8, 1.0), st.floats(0.05, 0.95))
def test_descend_until_flat_stops_at_the_first_flat_point(tolerance, shrink):
    # the gradient w shrinks by the factor `shrink` each step, starting at length 5
    weights, steps = descent.descend_until_flat(
        lambda w: w, [3.0, 4.0], learning_rate=1 - shrink, tolerance=tolerance
    )
    length = np.linalg.norm(weights)
    assert length <= tolerance * (1 + 1e-12)
    assert length / shrink > tolerance * (1 - 1e-12)
    assert steps == pytest.approx(math.log(tolerance / 5) / math.log(shrink), abs=1.0001)


def test_descend_until_flat_counts_by_hand():
    for tolerance, steps in [(8.0, 0), (4.0, 1), (3.9, 2), (1.0, 3), (0.5, 4)]:
        weights, taken = descent.descend_until_flat(lambda w: w, [8], 0.5, tolerance=tolerance)
        assert (weights.tolist(), taken) == ([8 / 2**steps], steps)


def test_descend_until_flat_measures_the_length_over_all_elements():
    # 16 elements of 0.25 have the length 1, though each of them and each row is shorter
    start = np.full((4, 2, 2), 0.25)
    for tolerance, steps in [(1.0, 0), (0.99, 1)]:
        taken = descent.descend_until_flat(lambda w: w, start, 0.5, tolerance=tolerance)[1]
        assert taken == steps


@pytest.mark.parametrize("max_steps", [0, 1, 5])
def test_descend_until_flat_gives_up_after_max_steps(max_steps):
    gradient, seen = recorder(np.ones_like)
    weights, steps = descent.descend_until_flat(gradient, [10.0], 0.5, max_steps=max_steps)
    assert steps == max_steps
    assert weights == 10 - 0.5 * max_steps
    assert max_steps <= len(seen) <= max_steps + 1


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("when", [0, 3])
def test_descend_until_flat_raises_at_the_first_gradient_that_is_not_finite(bad, when):
    calls = []

    def gradient(weights):
        calls.append(1)
        return np.array([1.0, bad]) if len(calls) > when else np.ones(2)

    with pytest.raises(ArithmeticError):
        descent.descend_until_flat(gradient, [1.0, 1.0], 0.1)
    assert len(calls) == when + 1


def test_descend_until_flat_raises_when_a_descent_diverges():
    with np.errstate(over="ignore"), pytest.raises(ArithmeticError):
        descent.descend_until_flat(lambda w: 2 * w, [1.0], learning_rate=2.0)


def test_descend_until_flat_returns_a_new_array_from_a_flat_start():
    start = np.zeros(2)
    weights, steps = descent.descend_until_flat(lambda w: w, start, 0.1)
    assert steps == 0
    assert not np.shares_memory(weights, start)


# linear_regression_gradient


@steady
@given(
    arrays(float, 3, elements=st.floats(-5, 5)),
    arrays(float, (6, 3), elements=st.floats(-5, 5)),
    arrays(float, 6, elements=st.floats(-5, 5)),
)
def test_linear_regression_gradient_is_the_slope_of_the_loss(weights, features, targets):
    gradient = descent.linear_regression_gradient(weights, features, targets)

    def loss(w):
        return np.mean((features.astype(np.longdouble) @ w - targets) ** 2)

    for j, direction in enumerate(np.eye(3)):
        # a quadratic: the central difference with step 1 is the derivative itself
        slope = (loss(weights + direction) - loss(weights - direction)) / 2
        assert gradient[j] == pytest.approx(float(slope), rel=1e-12, abs=1e-12)


def test_linear_regression_gradient_vanishes_at_least_squares():
    rng = np.random.default_rng(5)
    features, targets = rng.normal(size=(40, 4)), rng.normal(size=40)
    best = np.linalg.lstsq(features, targets, rcond=None)[0]
    gradient = descent.linear_regression_gradient(best, features, targets)
    # 40 products of size 5, each off by a few roundings, of a least-squares solution as good
    np.testing.assert_allclose(gradient, 0, atol=40 * 5 * 10 * 1.2e-16)


def test_linear_regression_gradient_by_hand():
    # errors 1·1 + 2·1 - 0 = 3 and 3 + 4 - 1 = 6; 2/2 · (1·3 + 3·6, 2·3 + 4·6)
    gradient = descent.linear_regression_gradient([1, 1], [[1, 2], [3, 4]], [0, 1])
    np.testing.assert_array_equal(gradient, [21, 30])
