"""Training just below and just above 2/λmax."""

import numpy as np
import pytest

from lab.experiments.edge import Slope, find_the_edge
from solutions import training

LAYERS = ("dense_forward", "dense_backward", "relu_forward", "relu_backward")
REFERENCE = [getattr(training, name) for name in LAYERS]


@pytest.fixture
def experiment():
    return find_the_edge(training.largest_curvature, *REFERENCE)


def ran(experiment, **settings):
    answer, trouble = experiment.attempt(settings, 30)
    assert trouble is None, trouble
    return (*answer.arrays, answer.note)


def test_slope_is_the_gradient_of_the_loss():
    slope = Slope(dict(zip(LAYERS, REFERENCE, strict=True)))
    weights = slope.network.get_weights()
    gradient = slope(weights)
    way = np.random.default_rng(5).normal(size=weights.size)
    ends = []
    for step in (1e-6, -1e-6):
        slope(weights + step * way)
        ends.append(slope.loss)
    # Central differences: rounding is about 1e-16 / 1e-6.
    assert (ends[0] - ends[1]) / 2e-6 == pytest.approx(gradient @ way, rel=1e-6)


def test_curvature_is_the_largest_eigenvalue_of_the_hessian(experiment):
    _, _, note = ran(experiment, factor=1.1)
    slope = Slope(dict(zip(LAYERS, REFERENCE, strict=True)))
    start = experiment._calm[1]
    units = 1e-5 * np.eye(start.size)
    hessian = np.array([(slope(start + unit) - slope(start - unit)) / 2e-5 for unit in units])
    assert note["curvature"] == pytest.approx(np.linalg.eigvalsh(hessian)[-1], rel=1e-3)
    assert note["border"] * note["curvature"] == pytest.approx(2)


def test_below_the_border_the_loss_falls_in_every_step(experiment):
    losses, _, _ = ran(experiment, factor=0.9)
    assert (np.diff(losses) < 0).all()


def test_above_the_border_it_climbs_and_the_network_finds_the_edge_by_itself(experiment):
    losses, seen, note = ran(experiment, factor=1.1)
    assert losses.max() > 20 * losses[0] > losses[-1]
    assert seen[0] > 2 / note["rate"]
    assert seen.min() > 10  # no bend of a ReLU is taken for curvature
    # At the edge of stability: within a few percent of 2 over the learning rate.
    np.testing.assert_allclose(seen[-10:], 2 / note["rate"], rtol=0.05)


def test_far_above_the_border_it_does_not_come_back(experiment):
    losses, _, _ = ran(experiment, factor=2.5)
    assert losses[-1] > losses[0]


def test_learners_own_largest_curvature_is_used():
    experiment = find_the_edge(lambda *_, **__: 8.0, *REFERENCE)
    _, seen, note = ran(experiment, factor=0.5)
    assert (seen == 8).all()
    assert note["rate"] == 0.125


def test_curvature_of_no_use_is_told():
    experiment = find_the_edge(lambda *_, **__: -1.0, *REFERENCE)
    _, trouble = experiment.attempt({"factor": 1.1}, 30)
    assert "`largest_curvature` returned -1" in trouble.title


def test_picture_tells_the_border(experiment):
    answer, _ = experiment.attempt(experiment.settings, 30)
    assert "so the border is 0.113" in experiment.picture(answer).alt
