"""Loss curves against exact sums, verdicts at their edges, and a classifier of real digits."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solutions import loss_curves

pytestmark = pytest.mark.filterwarnings("error")
steady = settings(derandomize=True, deadline=None, database=None)

HEALTHY = [1.0, 0.8, 0.6, 0.4, 0.2, 0.1]  # the reference curve of lesson 6

positive_curves = st.lists(st.integers(1, 1000), min_size=1, max_size=30)


# moving_average


@steady
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.data())
def test_moving_average_matches_exact_fractions(losses, data):
    window = data.draw(st.integers(1, len(losses)))
    exact = [
        float(sum(map(Fraction, losses[i : i + window])) / window)
        for i in range(len(losses) - window + 1)
    ]
    found = loss_curves.moving_average(losses, window)
    assert found.shape == (len(losses) - window + 1,)
    # up to 30 additions of numbers up to 30 · 10⁶
    np.testing.assert_allclose(found, exact, atol=30 * 30e6 * 1.2e-16)


def test_moving_average_by_hand():
    np.testing.assert_array_equal(loss_curves.moving_average([1, 3, 8, 4], 2), [2, 5.5, 6])


def test_moving_average_of_a_line_is_the_line_half_a_window_later():
    losses = np.arange(20.0)
    np.testing.assert_array_equal(loss_curves.moving_average(losses, 5), np.arange(2.0, 18.0))


def test_moving_average_is_not_disturbed_by_a_spike_that_has_passed():
    # a running sum that adds and subtracts would lose the small losses behind the spike
    losses = [1e20, 1.0, 2.0, 3.0, 4.0]
    np.testing.assert_array_equal(loss_curves.moving_average(losses, 2)[1:], [1.5, 2.5, 3.5])


@pytest.mark.parametrize("window", [0, -1, 4, 100])
def test_moving_average_refuses_windows_that_do_not_fit(window):
    with pytest.raises(ValueError, match="window"):
        loss_curves.moving_average([1.0, 2.0, 3.0], window)


def test_moving_average_refuses_an_empty_curve():
    with pytest.raises(ValueError, match="window"):
        loss_curves.moving_average([], 1)


# has_converged


@pytest.mark.parametrize(
    ("losses", "window", "tolerance", "expected"),
    [
        pytest.param([100, 0, 99], 2, 0.01, True, id="exactly the tolerance"),
        pytest.param([100, 0, 98], 2, 0.01, False, id="above the tolerance"),
        pytest.param([100, 0, 101], 2, 0.01, True, id="up counts like down"),
        pytest.param([100, 0, 102], 2, 0.01, False, id="too far up"),
        pytest.param([99, 100, 100], 2, 0.0, False, id="no tolerance"),
        pytest.param([5, 7, 5], 2, 0.0, True, id="equal"),
        pytest.param([0, 1, 0], 2, 0.01, True, id="zero then and now"),
        pytest.param([0, 1, 1e-9], 2, 0.01, False, id="zero then"),
        pytest.param([-100, 0, -99], 2, 0.01, True, id="negative"),
        pytest.param([1, 1], 2, 0.01, False, id="as many as the window"),
        pytest.param([1, 1, 1], 2, 0.01, True, id="one more than the window"),
        pytest.param([], 1, 0.01, False, id="empty"),
        pytest.param([9, 8, 8], 1, 0.01, True, id="window of one"),
    ],
)
def test_has_converged_by_hand(losses, window, tolerance, expected):
    found = loss_curves.has_converged(losses, window, tolerance)
    assert type(found) is bool
    assert found is expected
    assert loss_curves.has_converged(np.array(losses), window, tolerance) is expected


@pytest.mark.parametrize(("n", "expected"), [(10, False), (11, True)])
def test_has_converged_looks_ten_steps_back_by_default(n, expected):
    assert loss_curves.has_converged([1.0] * n) is expected


@steady
@given(positive_curves, st.integers(1, 12), st.sampled_from([-4.0, 0.5, 1024.0]))
def test_has_converged_does_not_see_scale(losses, window, factor):
    # binary factors: exact
    scaled = [factor * loss for loss in losses]
    verdict = loss_curves.has_converged(losses, window)
    assert loss_curves.has_converged(scaled, window) is verdict


@steady
@given(positive_curves, st.integers(1, 12))
def test_has_converged_looks_at_two_losses_only(losses, window):
    changed = [loss if len(losses) - i in (1, window + 1) else 0 for i, loss in enumerate(losses)]
    verdict = loss_curves.has_converged(losses, window)
    assert loss_curves.has_converged(changed, window) is verdict


@steady
@given(st.floats(0.5, 0.999))
def test_has_converged_on_a_geometric_curve_when_the_ratio_says_so(ratio):
    losses = [ratio**k for k in range(15)]
    expected = 1 - ratio**10 <= 0.01
    if abs(1 - ratio**10 - 0.01) > 1e-12:  # ties are decided by rounding
        assert loss_curves.has_converged(losses) is expected


# diagnose


@pytest.mark.parametrize(
    ("losses", "target", "verdict"),
    [
        pytest.param(HEALTHY, 0.1, "still improving", id="reference curve"),
        pytest.param([*HEALTHY, 0.1, 0.1], 0.1, "converged", id="reference curve, flat"),
        pytest.param([*HEALTHY, 0.1, 0.1], 0.05, "stuck", id="flat above the target"),
        pytest.param([1, 2, 1.5], 9, "diverging", id="above the first, below the target"),
        pytest.param([1, 1, np.nan], 9, "diverging", id="nan at last"),
        pytest.param([1, 1, np.inf], 9, "diverging", id="infinity at last"),
        pytest.param([1, 1, -np.inf], 9, "diverging", id="minus infinity at last"),
        pytest.param([1, np.nan, 0.5, 0.5, 0.5], 1, "converged", id="nan in the middle"),
        pytest.param([1, 0.5], 1, "still improving", id="too short, below the target"),
        pytest.param([1], 1, "still improving", id="one loss"),
        pytest.param([1, 1, 1], 1, "converged", id="flat from the start, on target"),
        pytest.param([1, 1, 1], 0.5, "stuck", id="flat from the start"),
        pytest.param([1, 0.5, 0.7], 1, "still improving", id="rises again"),
    ],
)
def test_diagnose_by_hand(losses, target, verdict):
    assert loss_curves.diagnose(losses, target, window=2) == verdict


def test_diagnose_hands_on_both_settings():
    losses = [1.0, 0.50, 0.49]
    assert loss_curves.diagnose(losses, 0.5, window=1, tolerance=0.01) == "still improving"
    assert loss_curves.diagnose(losses, 0.5, window=1, tolerance=0.05) == "converged"
    assert loss_curves.diagnose(losses, 0.5, window=2, tolerance=0.05) == "still improving"
    assert loss_curves.diagnose([1.0] * 10, 1.0) == "still improving"
    assert loss_curves.diagnose([1.0] * 11, 1.0) == "converged"


# accuracy


@steady
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_accuracy_counts_rows(pairs):
    predicted, right = np.array(pairs).T
    probabilities = 0.1 + 0.6 * np.eye(4)[predicted]
    found = loss_curves.accuracy(probabilities, np.eye(4)[right])
    assert type(found) is float
    assert found == sum(a == b for a, b in pairs) / len(pairs)


def test_accuracy_looks_along_rows():
    # along columns it would be 1 of 2
    assert loss_curves.accuracy([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4]], [[1, 0]] * 3) == 1.0
    assert loss_curves.accuracy([[1, 0, 0]], [[0, 0, 1]]) == 0.0
