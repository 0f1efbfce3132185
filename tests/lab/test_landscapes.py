"""The landscapes of the race: each runner starts at its own best learning rate."""

import numpy as np
import pytest

from lab.data.landscapes import LANDSCAPES, RACE_STEPS, RATE_EXPONENTS, RUNNERS, level
from solutions import optimizers

DRAWS = 20  # of the noise


def levels(land, optimizer):
    """Where the races of one optimizer end, for every rate; the mean over draws of the noise.

    All rates and all draws run at once, along the first two axes.
    """
    draws = DRAWS if land.noise else 1
    noises = np.stack([land.noises(RACE_STEPS, seed) for seed in range(draws)], axis=1)
    runner = optimizer(learning_rate=(10.0**RATE_EXPONENTS)[:, None, None])
    weights = np.broadcast_to(land.start, (len(RATE_EXPONENTS), draws, 2))
    losses = []
    with np.errstate(all="ignore"):
        for noise in noises:
            weights = runner.update(weights, land.gradient(weights) + noise)
            losses.append(land.loss(weights[..., 0], weights[..., 1]))
        return level(np.moveaxis(losses, 0, -1)).mean(axis=-1)


@pytest.mark.parametrize("land", LANDSCAPES.values(), ids=LANDSCAPES)
def test_runners_start_at_the_rate_that_a_sweep_finds_best(land):
    best = {
        name: RATE_EXPONENTS[np.argmin(levels(land, getattr(optimizers, name)))] for name in RUNNERS
    }
    assert best == land.best_exponents


def test_level_of_a_race_that_blew_up_is_infinite():
    assert level([[1.0] * 30, [1.0] * 29 + [np.nan]]).tolist() == [1.0, np.inf]


def test_turning_the_ravine_hurts_only_those_that_scale_each_weight():
    straight, turned = (
        {
            name: levels(LANDSCAPES[land], getattr(optimizers, name)).min()
            for name in ("SGD", "Momentum", "RMSprop")
        }
        for land in ("ravine", "turned ravine")
    )
    for name in ("SGD", "Momentum"):
        assert turned[name] == pytest.approx(straight[name], rel=1e-6)
    assert straight["RMSprop"] < 1e-50
    assert turned["RMSprop"] > 1e-8
