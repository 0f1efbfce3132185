"""The pictures and the race of lesson 4 show what their captions and the lesson say."""

import itertools

import numpy as np
import pytest

from lab.data.landscapes import LANDSCAPES
from lab.experiments.optimizer_race import RUNNERS, STEPS, raced
from lab.pictures import optimizers
from solutions import optimizers as reference

DRAWINGS = {
    "one_example_at_a_time": optimizers.one_example_at_a_time,
    "noise_floor": optimizers.noise_floor,
    "minibatch_noise": optimizers.minibatch_noise,
    "ravine": optimizers.ravine,
    "changing_gradients": optimizers.changing_gradients,
    "first_steps_of_adam": optimizers.first_steps_of_adam,
}


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


def test_gradient_spread_falls_with_the_root_of_the_batch_size():
    sizes = np.array([1, 4, 16, 64])
    spread = optimizers.gradient_spread(sizes)
    # The standard deviation of 4,000 draws is known to about 1/√8,000 = 1.1 %, except for single
    # examples of a skewed table to a few percent.
    assert np.allclose(spread * np.sqrt(sizes), spread[0], rtol=0.06)


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


@pytest.fixture(name="races", scope="module")
def all_races():
    """Losses of the reference optimizers on every landscape, as the race starts."""
    return {
        name: {
            runner: land.loss(
                *raced(
                    getattr(reference, runner),
                    runner,
                    land.rates[runner],
                    land,
                    land.start,
                    land.noises(STEPS),
                ).T
            )
            for runner in RUNNERS
        }
        for name, land in LANDSCAPES.items()
    }


def test_race_ends_as_the_lesson_says(races):
    last = {name: {runner: race[-1] for runner, race in races[name].items()} for name in races}
    assert min(last["bowl"], key=last["bowl"].get) == "SGD"
    assert max(last["bowl"], key=last["bowl"].get) == "RMSprop"
    assert max(last["ravine"]["Momentum"], last["ravine"]["Adam"]) < 1e-3 * min(
        last["ravine"]["SGD"], last["ravine"]["RMSprop"]
    )
    assert last["saddle"]["SGD"] > 0.1
    assert min(last["banana"], key=last["banana"].get) == "Momentum"
    assert min(last["banana"].values()) > 0.1


def test_race_leaves_the_saddle_first_with_scaled_steps(races):
    off = {
        runner: int(np.argmax(losses < 0.1)) if (losses < 0.1).any() else STEPS
        for runner, losses in races["saddle"].items()
    }
    assert max(off["RMSprop"], off["Adam"]) < min(off["Momentum"], off["SGD"])


def test_race_on_the_noisy_bowl_keeps_all_four_at_one_height(races):
    heights = [losses[-50:].mean() for losses in races["noisy bowl"].values()]
    assert min(heights) > 0.1
    assert max(heights) < 2 * min(heights)
