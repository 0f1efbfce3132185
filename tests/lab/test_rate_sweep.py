"""The sweep over learning rates: fair, each optimizer at its own best one."""

import numpy as np
import pytest

from lab.experiments.rate_sweep import GROUNDS, RUNNERS, RateSweepExperiment, rates_on
from lab.widget.error_panel import Unusable
from lab.widget.kept import Kept
from solutions import optimizers

REFERENCE = {name: getattr(optimizers, name) for name in RUNNERS}


def swept(ground, runners=RUNNERS, **replaced):
    experiment = RateSweepExperiment(*(REFERENCE | replaced).values(), kept=Kept(None))
    answer, trouble = experiment.attempt({"ground": ground, "runners": list(runners)}, 60)
    assert trouble is None, trouble
    return dict(zip(runners, answer.arrays, strict=True))


def test_sgd_in_the_ravine_follows_theory():
    rates = np.array(rates_on("ravine"))
    losses = swept("ravine", ["SGD"])["SGD"]
    # Each step multiplies the weights by 1 - rate and by 1 - 40 rate; the start is (-9, 1.1).
    ends = np.stack([9 * (1 - rates) ** 100, 1.1 * (1 - 40 * rates) ** 100])
    with np.errstate(over="ignore"):
        expected = 0.5 * (ends[0] ** 2 + 40 * ends[1] ** 2)
    # Below 1e-12 of the start, 100 roundings of 1e-16 each show.
    np.testing.assert_allclose(losses, np.clip(expected, 0, 1e30), rtol=1e-5, atol=1e-20)


def test_lead_on_the_digits_is_mostly_the_choice_of_the_rate():
    curves = swept("digits", ["SGD", "Adam"])
    at = rates_on("digits").index(pytest.approx(0.01))
    assert curves["SGD"][at] > 5 * curves["Adam"][at]
    assert curves["SGD"].min() < 2 * curves["Adam"].min()


def test_each_of_the_five_wins_at_some_shared_rate():
    won = set()
    for ground in ("banana", "noisy bowl"):
        won |= {RUNNERS[i] for i in np.stack([*swept(ground).values()]).argmin(axis=0)}
    assert won == set(RUNNERS)


@pytest.mark.parametrize("ground", [ground for ground in GROUNDS if ground != "digits"])
def test_lowest_loss_of_each_lies_between_the_ends_of_the_sweep(ground):
    for name, losses in swept(ground).items():
        assert 0 < losses.argmin() < len(losses) - 1, name


def test_optimizer_that_returns_none_is_told():
    class Silent(optimizers.SGD):
        def update(self, weights, gradient):
            pass

    experiment = RateSweepExperiment(*(REFERENCE | {"SGD": Silent}).values(), kept=Kept(None))
    with pytest.raises(Unusable, match=r"SGD.update. returned None"):
        experiment.compute({"ground": "ravine", "runners": ["SGD"]}, {"SGD": Silent})


def test_picture_tells_each_best_rate():
    experiment = RateSweepExperiment(*REFERENCE.values(), kept=Kept(None))
    answer, _ = experiment.attempt({"ground": "ravine", "runners": list(RUNNERS)}, 60)
    experiment.settings = {"ground": "ravine"}
    assert "Lowest: SGD 0.0073 at 0.042" in experiment.picture(answer).alt
