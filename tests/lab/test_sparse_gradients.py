"""A frequent and a rare word, learned by each optimizer."""

import numpy as np
import pytest

from lab.experiments.sparse_gradients import (
    EVERY,
    RUNNERS,
    SOON,
    SparseGradientsExperiment,
    fair_rate,
    learned,
)
from lab.widget.kept import Kept
from solutions import optimizers

REFERENCE = {name: getattr(optimizers, name) for name in RUNNERS}


def weights(every):
    experiment = SparseGradientsExperiment(*REFERENCE.values(), kept=Kept(None))
    answer, trouble = experiment.attempt({"every": every}, 30)
    assert trouble is None, trouble
    return dict(zip(RUNNERS, answer.arrays, strict=True))


def test_sgd_follows_theory():
    path = learned(optimizers.SGD, "SGD", 0.1, every=10, examples=50)
    # Each sighting brings a weight nearer to 1 by a tenth of what is missing.
    np.testing.assert_allclose(path[:, 0], 1 - 0.9 ** np.arange(51), rtol=1e-12)
    np.testing.assert_allclose(path[:, 1], 1 - 0.9 ** (np.arange(51) // 10), rtol=1e-12)


@pytest.mark.parametrize("name", RUNNERS)
def test_fair_rate_learns_the_frequent_word_in_time_and_a_smaller_one_does_not(name):
    rate = fair_rate(REFERENCE[name], name)
    reached = [
        learned(REFERENCE[name], name, learning_rate, 1000, SOON)[:, 0].max()
        for learning_rate in (rate, 0.85 * rate)
    ]
    assert reached[1] < 0.9 <= reached[0]


def test_rare_word_is_learned_best_by_adam_then_rmsprop():
    ends = {name: rare[-1] for name, (_, rare) in weights(100).items()}
    assert ends["Adam"] > 0.8 > ends["RMSprop"] > 0.5 > 0.25 > ends["SGD"] > ends["Momentum"]


def test_challenge_can_be_met_and_is_not_met_at_the_start():
    halves = {every: min(rare[-1] for _, rare in weights(every).values()) for every in EVERY}
    assert halves[10] >= 0.5 > halves[100]


def test_picture_tells_how_far_each_has_come():
    experiment = SparseGradientsExperiment(*REFERENCE.values(), kept=Kept(None))
    answer, _ = experiment.attempt(experiment.settings, 30)
    assert "SGD 0.22, Momentum 0.19, RMSprop 0.56, Adam 0.86" in experiment.picture(answer).alt
