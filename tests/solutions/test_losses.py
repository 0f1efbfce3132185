"""The losses against exact fractions, 50-digit arithmetic, and the laws that they obey."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from solutions import losses

pytestmark = pytest.mark.filterwarnings("error")
steady = settings(derandomize=True, deadline=None, database=None)

# One rounding of float64 is at most 1.2e-16 of the result. The losses below take fewer than 100
# operations an element, so 1e-13 is generous, and far below any error of method.
TIGHT = 1e-13

mpmath.mp.dps = 50

moderate = st.floats(-30, 30)
tables = arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 6)), elements=moderate)
huge_tables = arrays(
    float, st.tuples(st.integers(1, 4), st.integers(1, 5)), elements=st.floats(-1e4, 1e4)
)


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def high_precision_derivative(function, point, index):
    """The slope of an mpmath function of a list along one coordinate, to about 25 digits."""
    step = mpmath.mpf(10) ** -12
    shifted = [list(point), list(point)]
    shifted[0][index] += step
    shifted[1][index] -= step
    return (function(shifted[0]) - function(shifted[1])) / (2 * step)


# mean_squared_error


@pytest.mark.parametrize(
    ("predictions", "targets", "expected"),
    [
        pytest.param([0.0], [0.0], 0.0, id="bull's eye"),
        pytest.param([2.0], [0.0], 4.0, id="2 cm"),
        pytest.param([10.0], [0.0], 100.0, id="10 cm"),
        pytest.param([350_000], [300_000], 2.5e9, id="house"),
        pytest.param([[1, 2], [3, 4]], [[0, 0], [0, 0]], 7.5, id="mean over all elements"),
        pytest.param(3, 1, 4.0, id="plain numbers"),
    ],
)
def test_mean_squared_error_matches_the_figures_of_the_lesson(predictions, targets, expected):
    result = losses.mean_squared_error(predictions, targets)
    assert type(result) is float
    assert result == expected


def test_mean_squared_error_punishes_large_misses():
    house = losses.mean_squared_error([350_000], [300_000])
    assert losses.mean_squared_error([400_000], [300_000]) == 4 * house
    assert losses.mean_squared_error([400_000], [300_000]) == 1e4 * losses.mean_squared_error(
        [301_000], [300_000]
    )


@steady
@given(arrays(float, (2, 7), elements=st.floats(-1e6, 1e6)))
def test_mean_squared_error_matches_exact_fractions(pair):
    predictions, targets = pair
    differences = [Fraction(p) - Fraction(t) for p, t in zip(*pair.tolist(), strict=True)]
    exact = float(sum(d * d for d in differences) / 7)
    assert losses.mean_squared_error(predictions, targets) == pytest.approx(exact, rel=TIGHT)


@steady
@given(arrays(float, (2, 3, 2), elements=moderate), st.floats(0.1, 10))
def test_mean_squared_error_is_symmetric_and_scales_with_the_square(pair, factor):
    predictions, targets = pair
    loss = losses.mean_squared_error(predictions, targets)
    assert losses.mean_squared_error(targets, predictions) == loss
    scaled = losses.mean_squared_error(factor * predictions, factor * targets)
    # the products are rounded before the difference: 60 · 10 · 1.2e-16, squared, is below 1e-11
    assert scaled == pytest.approx(factor**2 * loss, rel=1e-9, abs=1e-11)


@pytest.mark.parametrize(
    "loss",
    [
        losses.mean_squared_error,
        losses.binary_cross_entropy,
        losses.categorical_cross_entropy,
    ],
    ids=lambda loss: loss.__name__,
)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((3,), (3, 1), id="column"),
        pytest.param((3, 1), (3,), id="row"),
        pytest.param((2, 3), (3, 2), id="transposed"),
        pytest.param((1,), (4,), id="one against many"),
        pytest.param((), (1,), id="number against list"),
    ],
)
def test_losses_refuse_unequal_shapes(loss, first, second):
    with pytest.raises(ValueError, match="shape"):
        loss(np.full(first, 0.5), np.full(second, 0.5))


# the gradients, against derivatives in 50-digit arithmetic


@steady
@given(arrays(float, (2, 5), elements=moderate))
def test_mean_squared_error_gradient_is_the_derivative(pair):
    predictions, targets = pair.tolist()
    gradient = losses.mean_squared_error_gradient(predictions, targets)

    def loss(p):
        return sum((a - b) ** 2 for a, b in zip(p, map(mpmath.mpf, targets), strict=True)) / 5

    for index in range(5):
        slope = high_precision_derivative(loss, list(map(mpmath.mpf, predictions)), index)
        # the derivative of a square is exact under central differences; one rounding of p - t
        assert gradient[index] == pytest.approx(float(slope), rel=TIGHT, abs=1e-30)


@pytest.mark.parametrize("shape", [(6,), (6, 1), (2, 3), (1, 2, 3)])
def test_gradients_divide_by_the_number_of_all_elements(shape):
    ones, zeros = np.ones(shape), np.zeros(shape)
    np.testing.assert_array_equal(losses.mean_squared_error_gradient(ones, zeros), ones * 2 / 6)
    np.testing.assert_array_equal(losses.sigmoid_cross_entropy_gradient(zeros, ones), ones / -12)


@steady
@given(arrays(float, 4, elements=moderate), arrays(float, 4, elements=st.floats(0, 1)))
def test_sigmoid_cross_entropy_gradient_is_the_derivative(logits, targets):
    gradient = losses.sigmoid_cross_entropy_gradient(logits, targets)

    def loss(z):  # -t ln p - (1 - t) ln(1 - p) is ln(1 + e^z) - t z
        terms = zip(z, targets.tolist(), strict=True)
        return sum(mpmath.log(1 + mpmath.exp(a)) - mpmath.mpf(t) * a for a, t in terms) / 4

    for index in range(4):
        slope = high_precision_derivative(loss, list(map(mpmath.mpf, logits.tolist())), index)
        # p - t may cancel: its absolute error stays below 3 roundings of 1
        assert gradient[index] == pytest.approx(float(slope), abs=4e-16)


@steady
@given(arrays(float, (2, 3), elements=moderate), st.integers(0, 2), st.integers(0, 2))
def test_softmax_cross_entropy_gradient_is_the_derivative(logits, first, second):
    targets = one_hot([first, second], 3)
    gradient = losses.softmax_cross_entropy_gradient(logits, targets)

    def loss(z):  # -ln p of the right class is the log-sum-exp minus its logit
        rows = z[:3], z[3:]
        right = rows[0][first], rows[1][second]
        return sum(
            mpmath.log(sum(map(mpmath.exp, row))) - logit
            for row, logit in zip(rows, right, strict=True)
        ) / len(rows)

    for index in range(6):
        point = list(map(mpmath.mpf, logits.ravel().tolist()))
        slope = high_precision_derivative(loss, point, index)
        # as above, with exponents of up to 60: each exponential is off by up to 60 roundings
        assert gradient.ravel()[index] == pytest.approx(float(slope), abs=1e-14)


@steady
@given(tables, st.data())
def test_softmax_cross_entropy_gradient_rows_sum_to_zero(logits, data):
    n, k = logits.shape
    labels = data.draw(st.lists(st.integers(0, k - 1), min_size=n, max_size=n))
    gradient = losses.softmax_cross_entropy_gradient(logits, one_hot(labels, k))
    assert gradient.shape == logits.shape
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-15)


def test_cross_entropy_gradients_stay_finite_for_huge_logits():
    np.testing.assert_array_equal(
        losses.sigmoid_cross_entropy_gradient([-1e4, 1e4], [1, 0]), [-0.5, 0.5]
    )
    np.testing.assert_array_equal(
        losses.softmax_cross_entropy_gradient([[-1e4, 1e4]], [[1, 0]]), [[-1, 1]]
    )


# sigmoid and softmax


@steady
@given(arrays(float, st.integers(1, 6), elements=st.floats(-700, 700)))
def test_sigmoid_matches_the_hyperbolic_tangent(logits):
    # exp is off by one rounding or two, whatever its size: the sigmoid is good in relative terms.
    # 1 + tanh cancels 304 digits at -700: hence 650 digits here.
    with mpmath.workdps(650):
        exact = [float((1 + mpmath.tanh(mpmath.mpf(z) / 2)) / 2) for z in logits.tolist()]
    np.testing.assert_allclose(losses.sigmoid(logits), exact, rtol=1e-14)


@steady
@given(arrays(float, st.integers(1, 6), elements=st.floats(-1e4, 1e4)))
def test_sigmoid_is_finite_and_symmetric_up_to_ten_thousand(logits):
    probabilities = losses.sigmoid(logits)
    assert np.all((probabilities >= 0) & (probabilities <= 1))
    np.testing.assert_allclose(probabilities + losses.sigmoid(-logits), 1, rtol=1e-15)


def test_sigmoid_matches_odds_by_hand():
    odds = np.array([1 / 9, 1, 3, 99])
    np.testing.assert_allclose(losses.sigmoid(np.log(odds)), [0.1, 0.5, 0.75, 0.99], rtol=1e-14)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 4)])
def test_sigmoid_keeps_the_shape(shape):
    result = losses.sigmoid(np.zeros(shape))
    assert np.shape(result) == shape
    assert np.all(result == 0.5)


@steady
@given(tables)
def test_softmax_ratios_are_exponentials_of_differences(logits):
    # ln p_i - ln p_j = z_i - z_j and a sum of 1 have one solution: the softmax
    probabilities = losses.softmax(logits)
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1, rtol=1e-15)
    found = np.log(probabilities) - np.log(probabilities[:, :1])
    # logarithms of up to 60, each off by a rounding, and the same for the exponents
    np.testing.assert_allclose(found, logits - logits[:, :1], atol=1e-13)


@steady
@given(huge_tables)
def test_softmax_is_finite_up_to_ten_thousand(logits):
    probabilities = losses.softmax(logits)
    assert np.all((probabilities >= 0) & (probabilities <= 1))
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1, rtol=1e-15)


@steady
@given(arrays(np.int64, (3, 4), elements=st.integers(-50, 50)), st.integers(-1000, 1000))
def test_softmax_does_not_see_a_common_shift(logits, shift):
    # integers: the shifted differences are exact, so the results are equal to the last bit
    np.testing.assert_array_equal(losses.softmax(logits), losses.softmax(logits + shift))


def test_softmax_of_two_logits_is_the_sigmoid():
    z = np.linspace(-20, 20, 41)
    pairs = losses.softmax(np.stack([z, np.zeros_like(z)], axis=-1))
    np.testing.assert_allclose(pairs[:, 0], losses.sigmoid(z), rtol=1e-14)


@pytest.mark.parametrize("shape", [(4,), (1, 4), (2, 3, 4), (5, 1)])
def test_softmax_runs_along_the_last_axis(shape):
    probabilities = losses.softmax(np.zeros(shape))
    np.testing.assert_array_equal(probabilities, np.full(shape, 1 / shape[-1]))


def test_softmax_treats_every_row_by_itself():
    logits = np.array([[0.0, 1.0, 5.0], [1e4, 0.0, -1e4], [-800.0, -801.0, -802.0]])
    rows = np.stack([losses.softmax(row) for row in logits])
    np.testing.assert_array_equal(losses.softmax(logits), rows)


# the cross-entropies


@pytest.mark.parametrize(
    ("probability", "expected"),
    [(0.9, 0.105), (0.5, 0.693), (0.1, 2.303)],
)
def test_binary_cross_entropy_matches_the_figures_of_the_lesson(probability, expected):
    loss = losses.binary_cross_entropy([probability], [1])
    assert type(loss) is float
    assert round(loss, 3) == expected
    # the answer "no" with the opposite probability costs the same, up to the rounding of 1 - p
    assert losses.binary_cross_entropy([1 - probability], [0]) == pytest.approx(loss, rel=1e-14)


@steady
@given(
    arrays(float, (3, 2), elements=st.floats(0, 1)),
    arrays(float, (3, 2), elements=st.floats(0, 1)),
)
def test_binary_cross_entropy_matches_fifty_digits(probabilities, targets):
    epsilon = mpmath.mpf(1e-12)
    total = mpmath.mpf(0)
    for p, t in zip(probabilities.ravel().tolist(), targets.ravel().tolist(), strict=True):
        p, t = min(max(mpmath.mpf(p), epsilon), mpmath.mpf(1 - 1e-12)), mpmath.mpf(t)
        total -= t * mpmath.log(p) + (1 - t) * mpmath.log(1 - p)
    loss = losses.binary_cross_entropy(probabilities, targets)
    assert loss == pytest.approx(float(total / 6), rel=TIGHT)


@pytest.mark.parametrize("epsilon", [1e-12, 1e-6, 0.1])
@pytest.mark.parametrize("target", [0, 1])
def test_binary_cross_entropy_clips_at_both_ends(epsilon, target):
    worst = losses.binary_cross_entropy([1 - target], [target], epsilon=epsilon)
    best = losses.binary_cross_entropy([target], [target], epsilon=epsilon)
    # 1 - epsilon is stored with an error of 1.2e-16, which is 1.2e-4 of an epsilon of 1e-12
    assert worst == pytest.approx(-float(mpmath.log(epsilon)), rel=1e-4 / 20)
    assert best == pytest.approx(-float(mpmath.log(1 - mpmath.mpf(epsilon))), rel=2e-4)


@pytest.mark.parametrize("target", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_binary_cross_entropy_is_least_where_probability_equals_target(target):
    grid = np.linspace(0, 1, 101)
    values = [losses.binary_cross_entropy([p], [target]) for p in grid]
    assert grid[np.argmin(values)] == pytest.approx(target)


@steady
@given(arrays(float, st.integers(1, 8), elements=st.floats(-24, 24)))
def test_binary_cross_entropy_is_convex_in_the_logits(logits):
    targets = np.arange(len(logits)) % 2

    def loss(z):
        return losses.binary_cross_entropy(losses.sigmoid(z), targets, epsilon=1e-15)

    # at 24.5, 1 - p is 2e-11 and off by a rounding of 1, 1.2e-16: the logarithm by 5e-6
    assert loss(logits) <= (loss(logits - 0.5) + loss(logits + 0.5)) / 2 + 1e-5


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [((0.70, 0.20, 0.10), 0.357), ((0.10, 0.60, 0.30), 2.303), ((1, 0, 0), 0.0)],
)
def test_categorical_cross_entropy_matches_the_figures_of_the_lesson(probabilities, expected):
    loss = losses.categorical_cross_entropy([probabilities], [[1, 0, 0]])
    assert type(loss) is float
    assert round(loss, 3) == expected


@steady
@given(tables, st.data())
def test_categorical_cross_entropy_matches_fifty_digits(logits, data):
    n, k = logits.shape
    labels = data.draw(st.lists(st.integers(0, k - 1), min_size=n, max_size=n))
    probabilities = losses.softmax(logits)
    chosen = [max(probabilities[row, label], 1e-12) for row, label in enumerate(labels)]
    exact = -mpmath.log(mpmath.fprod(map(mpmath.mpf, chosen))) / n  # one logarithm of a product
    loss = losses.categorical_cross_entropy(probabilities, one_hot(labels, k))
    assert loss == pytest.approx(float(exact), rel=TIGHT, abs=1e-15)


def test_categorical_cross_entropy_of_even_chances_is_the_log_of_the_classes():
    for k in (1, 2, 3, 10):
        even = np.full((7, k), 1 / k)
        targets = one_hot([row % k for row in range(7)], k)
        loss = losses.categorical_cross_entropy(even, targets)
        assert loss == pytest.approx(float(mpmath.log(k)), rel=1e-14)


@pytest.mark.parametrize("epsilon", [1e-12, 1e-3])
def test_categorical_cross_entropy_clips_from_below_only(epsilon):
    worst = losses.categorical_cross_entropy([[0, 1]], [[1, 0]], epsilon=epsilon)
    assert worst == pytest.approx(-float(mpmath.log(epsilon)), rel=1e-15)
    assert losses.categorical_cross_entropy([[1, 0]], [[1, 0]], epsilon=epsilon) == 0.0


def test_categorical_cross_entropy_of_two_columns_is_the_binary_one():
    p = np.linspace(0.01, 0.99, 99)
    t = np.arange(99) % 2
    pairs, answers = np.stack([1 - p, p], axis=1), np.stack([1 - t, t], axis=1)
    binary = losses.binary_cross_entropy(p, t)
    assert losses.categorical_cross_entropy(pairs, answers) == pytest.approx(binary, rel=1e-14)


# choose_loss


@pytest.mark.parametrize(
    ("output_type", "loss"),
    [
        ("continuous number", losses.mean_squared_error),
        ("two classes", losses.binary_cross_entropy),
        ("three or more classes", losses.categorical_cross_entropy),
    ],
)
def test_choose_loss_returns_the_function_itself(output_type, loss):
    assert losses.choose_loss(output_type) is loss


@pytest.mark.parametrize("other", ["", "Two classes", "two classes ", "mean_squared_error"])
def test_choose_loss_names_the_three_output_types_to_others(other):
    with pytest.raises(ValueError, match="continuous number") as caught:
        losses.choose_loss(other)
    assert "two classes" in str(caught.value).replace(repr(other), "")
    assert "three or more classes" in str(caught.value)
