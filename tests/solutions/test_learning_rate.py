"""Learning rates against the theory of quadratics, and verdicts at the edges of their rules."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solutions import learning_rate

pytestmark = pytest.mark.filterwarnings("error")
steady = settings(derandomize=True, deadline=None, database=None)

curvature_lists = st.lists(st.floats(0.01, 100), min_size=1, max_size=6)


def bowl(curvatures, seed=0):
    """A symmetric matrix with these eigenvalues, in a random basis."""
    rng = np.random.default_rng(seed)
    basis, _ = np.linalg.qr(rng.normal(size=(len(curvatures), len(curvatures))))
    hessian = basis * np.array(curvatures) @ basis.T
    return (hessian + hessian.T) / 2


# Eigenvalues of a symmetric 6 × 6 matrix are found within about 6 · 1.2e-16 of the largest;
# relative to the smallest, 1e-4 of it, that is 1e-11.
RELATIVE = 1e-10


@steady
@given(curvature_lists, st.integers(0, 99))
def test_rates_follow_the_eigenvalues(curvatures, seed):
    hessian = bowl(curvatures, seed)
    low, high = min(curvatures), max(curvatures)
    assert learning_rate.largest_stable_learning_rate(hessian) == pytest.approx(2 / high, rel=1e-13)
    assert learning_rate.best_learning_rate(hessian) == pytest.approx(2 / (low + high), rel=1e-13)


@steady
@given(curvature_lists, st.floats(0, 3))
def test_contraction_factor_is_the_worst_axis(curvatures, rate):
    expected = max(abs(1 - rate * low) for low in curvatures)
    found = learning_rate.contraction_factor(rate, bowl(curvatures))
    assert found == pytest.approx(expected, abs=1e-12 * (1 + rate * max(curvatures)))


@steady
@given(curvature_lists)
def test_contraction_factor_is_one_at_rest_and_at_the_border(curvatures):
    hessian = bowl(curvatures)
    border = learning_rate.largest_stable_learning_rate(hessian)
    assert learning_rate.contraction_factor(0, hessian) == 1.0
    assert learning_rate.contraction_factor(border, hessian) == pytest.approx(1, rel=RELATIVE)
    assert learning_rate.contraction_factor(1.01 * border, hessian) > 1


@steady
@given(curvature_lists, st.floats(0.5, 1.5))
def test_best_learning_rate_is_beaten_by_no_other(curvatures, factor):
    hessian = bowl(curvatures)
    best = learning_rate.best_learning_rate(hessian)
    least = learning_rate.contraction_factor(best, hessian)
    condition = max(curvatures) / min(curvatures)
    assert least == pytest.approx((condition - 1) / (condition + 1), abs=RELATIVE)
    assert learning_rate.contraction_factor(factor * best, hessian) >= least - RELATIVE


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_rates_below_the_border_shrink_the_error_as_fast_as_promised(share):
    hessian = bowl([0.3, 1.0, 4.0], seed=7)
    rate = share * learning_rate.largest_stable_learning_rate(hessian)
    factor = learning_rate.contraction_factor(rate, hessian)
    error = np.random.default_rng(8).normal(size=3)
    for _ in range(20):
        shrunk = error - rate * hessian @ error
        assert np.linalg.norm(shrunk) <= factor * np.linalg.norm(error) * (1 + 1e-12)
        error = shrunk


def test_rates_above_the_border_diverge_and_on_it_bounce():
    hessian = np.diag([1.0, 4.0])
    for share, expected in [(1.0, 1.0), (1.25, 1.5**10), (0.75, 0.5**10)]:
        rate = share * learning_rate.largest_stable_learning_rate(hessian)
        error = np.array([0.0, 1.0])
        for _ in range(10):
            error = error - rate * hessian @ error
        assert np.linalg.norm(error) == expected  # powers of two and 1.5: exact


@pytest.mark.parametrize(
    ("hessian", "border", "best"),
    [
        pytest.param([[8]], 0.25, 0.125, id="one number"),
        pytest.param([[2, 1], [1, 2]], 2 / 3, 0.5, id="eigenvalues 1 and 3"),
        pytest.param([[5, -4], [-4, 5]], 2 / 9, 0.2, id="eigenvalues 1 and 9"),
    ],
)
def test_rates_by_hand(hessian, border, best):
    for function, expected in [
        (learning_rate.largest_stable_learning_rate, border),
        (learning_rate.best_learning_rate, best),
    ]:
        found = function(hessian)
        assert type(found) is float
        assert found == pytest.approx(expected, rel=1e-14)


# judge_learning_rate


@pytest.mark.parametrize(
    ("losses", "verdict"),
    [
        pytest.param([1, 2], "too high", id="rises"),
        pytest.param([4, 1, np.nan, 1, 1], "too high", id="nan in the middle"),
        pytest.param([4, 1, np.inf, 1, 1], "too high", id="infinity in the middle"),
        pytest.param([np.inf, 1], "too high", id="infinity at the start"),
        pytest.param([4, -np.inf], "too high", id="minus infinity"),
        pytest.param([4, 9, 4.5], "too high", id="ends above the start"),
        pytest.param([4, 9, 4], "too low", id="ends where it began"),
        pytest.param([3, 3], "too low", id="flat"),
        pytest.param([2, 1], "too low", id="one step is all tail"),
        pytest.param([100, 0, 0], "just right", id="settled"),
        pytest.param([100, 90, 0, 1, 1, 1], "just right", id="bumpy but settled"),
        pytest.param([100, 1, 0], "just right", id="a tail of exactly 1 %"),
        pytest.param([100, 1.25, 0], "too low", id="a tail of more than 1 %"),
        pytest.param([8, 0, 4], "just right", id="tail rises"),
    ],
)
def test_judge_learning_rate_by_hand(losses, verdict):
    assert learning_rate.judge_learning_rate(losses) == verdict


@pytest.mark.parametrize(
    ("steps", "tail"), [(1, 1), (9, 1), (10, 1), (19, 1), (20, 2), (39, 3), (100, 10)]
)
def test_judge_learning_rate_looks_back_over_a_tenth_of_the_steps(steps, tail):
    # 100 at first, a plateau of 50, and 0 over the last `flat` steps: the drop shows in the tail
    # as long as losses[-1 - tail] is still on the plateau
    for flat, verdict in [(tail - 1, "too low"), (tail, "just right")]:
        losses = np.full(steps + 1, 50.0)
        losses[steps - flat :] = 0
        losses[0] = 100
        if flat < steps:
            assert learning_rate.judge_learning_rate(losses) == verdict


@pytest.mark.parametrize("losses", [[], [1.0]])
def test_judge_learning_rate_needs_two_losses(losses):
    with pytest.raises(ValueError, match="2"):
        learning_rate.judge_learning_rate(losses)


def test_judge_learning_rate_looks_at_the_length_first():
    with pytest.raises(ValueError, match="2"):
        learning_rate.judge_learning_rate([np.nan])


@steady
@given(
    st.lists(st.integers(0, 1000), min_size=2, max_size=40),
    st.sampled_from([0.5, 2.0, 1024.0]),
    st.integers(-100, 100),
)
def test_judge_learning_rate_does_not_see_scale_or_shift(losses, factor, shift):
    # binary factors and whole numbers leave every difference exact
    moved = [factor * loss + shift for loss in losses]
    verdict = learning_rate.judge_learning_rate(losses)
    assert learning_rate.judge_learning_rate(moved) == verdict


@pytest.mark.parametrize(
    ("share", "verdict"),
    [(1.01, "too high"), (0.5, "just right"), (1e-3, "too low")],
)
def test_judge_learning_rate_recognizes_descents_on_a_parabola(share, verdict):
    # on ½w² the border is 2; the loss after k steps is ½(1 - rate)^(2k)
    rate = 2 * share
    losses = [0.5 * (1 - rate) ** (2 * k) for k in range(51)]
    assert learning_rate.judge_learning_rate(losses) == verdict


# cosine_schedule


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        pytest.param(0, 0.0, id="start of the warm-up"),
        pytest.param(5, 0.1, id="middle of the warm-up"),
        pytest.param(10, 0.2, id="peak"),
        pytest.param(40, 0.15, id="a third of the way"),
        pytest.param(55, 0.1, id="halfway"),
        pytest.param(70, 0.05, id="two thirds of the way"),
        pytest.param(100, 0.0, id="end"),
        pytest.param(1000, 0.0, id="long after"),
    ],
)
def test_cosine_schedule_by_hand(step, expected):
    # cos 60° = ½ and cos 120° = -½
    rate = learning_rate.cosine_schedule(0.2, step, total_steps=100, warmup_steps=10)
    assert type(rate) is float
    assert rate == pytest.approx(expected, abs=1e-16)


@pytest.mark.parametrize("warmup", [0, 1, 9])
def test_cosine_schedule_is_exactly_zero_at_the_end_and_peak_after_the_warmup(warmup):
    assert learning_rate.cosine_schedule(0.3, 10, 10, warmup) == 0.0
    assert learning_rate.cosine_schedule(0.3, warmup, 10, warmup) == 0.3


@steady
@given(st.integers(1, 60), st.data())
def test_cosine_schedule_rises_to_the_peak_then_falls_symmetrically(total, data):
    warmup = data.draw(st.integers(0, total - 1))
    rates = [learning_rate.cosine_schedule(1.0, step, total, warmup) for step in range(total + 1)]
    assert np.argmax(rates) == warmup
    assert np.all(np.diff(rates[: warmup + 1]) > 0)
    falling = np.array(rates[warmup:])
    assert np.all(np.diff(falling) < 0)
    # half a cosine is symmetric about its middle; two roundings of numbers up to 1
    np.testing.assert_allclose(falling + falling[::-1], 1, atol=3e-16)


def test_cosine_schedule_falls_steepest_in_the_middle():
    rates = np.array([learning_rate.cosine_schedule(1.0, step, 1001) for step in range(1002)])
    # the slope of half a cosine over 1001 steps is -π/2 / 1001 at the middle, off by its square
    assert np.diff(rates)[500] == pytest.approx(-math.pi / 2 / 1001, rel=1e-5)
