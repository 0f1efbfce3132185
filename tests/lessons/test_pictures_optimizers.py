"""The pictures and the races of lesson 4 show what their captions and the lesson say."""

import itertools

import numpy as np
import pytest

from lab.data.landscapes import LANDSCAPES
from lab.pictures import fair_comparison, optimizers
from solutions import losses, training
from solutions import optimizers as reference

DRAWINGS = {
    "one_example_at_a_time": optimizers.one_example_at_a_time,
    "noise_floor": optimizers.noise_floor,
    "minibatch_noise": optimizers.minibatch_noise,
    "ravine": optimizers.ravine,
    "changing_gradients": optimizers.changing_gradients,
    "first_steps_of_adam": optimizers.first_steps_of_adam,
}


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_pictures_follow_the_house_rules(draw, house_rules):
    house_rules(draw)


def test_noise_floor_sinks_with_the_learning_rate_and_ends_when_it_shrinks():
    high = optimizers.sgd_excess(lambda epoch: 0.1, 60, 40)
    low = optimizers.sgd_excess(lambda epoch: 0.01, 60, 40)
    shrinking = optimizers.sgd_excess(lambda epoch: 0.1 / (1 + epoch), 60, 40)
    # A floor: the second half of the run is no lower than the quarter before it, within a factor
    # of 2, which is far outside of the spread of a mean over 40 runs and 15 epochs.
    for floor in (high, low):
        assert 0.5 < floor[30:].mean() / floor[15:30].mean() < 2
    assert low[30:].mean() < high[30:].mean() / 10
    assert shrinking[45:].mean() < shrinking[15:30].mean() / 5
    assert high[1] < low[1]  # the larger learning rate is the faster one at first


def test_gradient_spread_is_that_of_draws_without_replacement():
    sizes = np.array([1, 4, 16, 32, 40])
    spread = optimizers.gradient_spread(sizes)
    n = optimizers.N_EXAMPLES
    exact = np.sqrt((n - sizes) / (n - 1) / sizes)
    # The standard deviation of 4,000 draws is known to about 1/√8,000 = 1.1 %, except for single
    # examples of a skewed table to a few percent.
    assert np.allclose(spread / spread[0], exact, rtol=0.06, atol=1e-9)


def test_ravine_momentum_ends_far_closer_than_gradient_descent():
    plain, heavy = (
        float(np.linalg.norm(ax.lines[0].get_xydata()[-1]))
        for ax in optimizers.ravine().figure.axes
    )
    # Along the floor the curvature is 1, so gradient descent keeps (1 − 0.045)⁴⁰ of the start, 9;
    # across it (1 − 1.8)⁴⁰ of 1.1 is left, less than 0.001.
    assert plain == pytest.approx(9 * 0.955**40, rel=1e-3)
    # With momentum 0.7 both directions have complex eigenvalues of modulus √0.7: 9 · 0.7²⁰ = 0.007.
    assert heavy < 5 * 9 * 0.7**20


def test_rmsprop_steps_are_bounded_by_the_root_of_one_minus_decay():
    jump = np.array([1.0] * 50 + [1e6] * 300)
    for decay in (0.9, 0.99):
        steps = optimizers.rmsprop_steps(jump, decay)
        assert steps[:50] == pytest.approx(1)
        assert steps.max() <= 1 / np.sqrt(1 - decay)
        assert steps.max() == pytest.approx(1 / np.sqrt(1 - decay), rel=1e-9)
        assert all(later < sooner for sooner, later in itertools.pairwise(steps[50:]))


def test_adam_steps_agree_with_the_recursion():
    corrected, uncorrected = optimizers.adam_steps(60)
    mean = square = 0.0
    for t, (with_it, without) in enumerate(zip(corrected, uncorrected, strict=True), start=1):
        mean, square = 0.9 * mean + 0.1, 0.999 * square + 0.001
        assert without == pytest.approx(mean / square**0.5, rel=1e-12)
        assert with_it == pytest.approx(
            mean / (1 - 0.9**t) / (square / (1 - 0.999**t)) ** 0.5, rel=1e-12
        )
    assert uncorrected[0] == pytest.approx(np.sqrt(10), rel=1e-12)
    assert int(uncorrected.argmax()) + 1 == 12


@pytest.mark.parametrize("size", optimizers.BEST_RATES)
def test_each_batch_size_walks_at_its_own_best_rate(size):
    epochs, rates = 5, 10 ** (np.arange(-40, -9) / 20)
    with np.errstate(all="ignore"):
        ends = [optimizers.mean_excess(size, rate, epochs) for rate in rates]
    best = rates[int(np.nanargmin(np.nan_to_num(ends, nan=np.inf, posinf=np.inf)))]
    assert optimizers.BEST_RATES[size] == pytest.approx(best, rel=1e-9)


def test_after_equal_reading_single_examples_are_ahead_of_the_full_table():
    all_of_them, eight, one = (
        optimizers.mean_excess(size, rate, 5) for size, rate in optimizers.BEST_RATES.items()
    )
    assert one < eight < all_of_them / 5


@pytest.fixture(name="levels", scope="module")
def all_levels():
    """Where the fair races of the reference optimizers end."""
    return {
        name: {
            runner: fair_comparison.race_level(getattr(reference, runner), rate, land)
            for runner, rate in land.rates.items()
        }
        for name, land in LANDSCAPES.items()
    }


def test_fair_races_end_as_the_lesson_says(levels):
    assert levels["bowl"]["SGD"] == min(levels["bowl"].values())
    assert levels["ravine"]["RMSprop"] < 1e-50 < 1e-9 < levels["ravine"]["Momentum"]
    turned = levels["turned ravine"]
    assert min(turned.values()) > 1e-9
    assert min(turned, key=turned.get) == "AdamW"
    banana = levels["banana"]
    assert min(banana, key=banana.get) == "Momentum"
    assert max(banana, key=banana.get) == "AdamW"
    noisy = levels["noisy bowl"].values()
    assert max(noisy) < 1.5 * min(noisy)


@pytest.mark.exhaustive
def test_where_races_end_and_rare_words_follow_the_house_rules(house_rules):
    house_rules(lambda: fair_comparison.where_races_end(reference))
    house_rules(lambda: fair_comparison.rare_words(reference, words=50, steps=5))


@pytest.mark.exhaustive
def test_no_rate_saves_sgd_where_words_are_rare():
    rates = 10 ** (np.arange(-30, 31) / 10)
    lowest = {
        name: fair_comparison.rare_words_gap(getattr(reference, name), rates, 1000, 100).min()
        for name in ("SGD", "Momentum", "RMSprop", "Adam")
    }
    assert lowest["SGD"] > 30 * lowest["Momentum"] > 1_000 * lowest["Adam"]


@pytest.mark.exhaustive
def test_digits_pictures_hold(house_rules):
    house_rules(lambda: fair_comparison.digits_at_best_rates(reference, training, losses))


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", fair_comparison.DIGITS_RATES)
def test_digits_rate_of_each_optimizer_is_its_best(name):
    def mean_loss(rate):
        with np.errstate(all="ignore"):
            ends = [
                fair_comparison.digits_ends(getattr(reference, name)(rate), training, losses, seed)
                for seed in range(fair_comparison.SEEDS)
            ]
        return np.nan_to_num(np.mean(ends, axis=0)[0], nan=np.inf)

    rates = 10 ** (np.arange(-12, 1) / 4)
    best = min(rates, key=mean_loss)
    assert fair_comparison.DIGITS_RATES[name] == pytest.approx(best, rel=0.01)


def test_at_one_rate_the_rate_chooses_the_winner():
    low, high = fair_comparison.SHARED_RATES
    ends = {
        (name, rate): fair_comparison.digits_ends(
            getattr(reference, name)(rate), training, losses, 0
        )[0]
        for name in ("SGD", "Adam")
        for rate in (low, high)
    }
    assert ends["SGD", low] > 20 * ends["Adam", low]
    assert ends["Adam", high] > 30 * ends["SGD", high]
