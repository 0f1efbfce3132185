"""The hill walk: what is drawn is what the learner's two functions do."""

import numpy as np
import pytest

from lab.data.landscapes import HILLS
from lab.experiments.hill_walk import NEAR, SPRINT, STEPS, HillWalk, walked
from lab.widget.kept import Kept


def slope_of(loss, weights):
    step = 1e-5
    return np.array([(loss(weights + step) - loss(weights - step)) / (2 * step)])


def step_of(weights, gradient, learning_rate):
    return weights - learning_rate * gradient


def opened(slope=slope_of, step=step_of):
    return HillWalk(slope, step, kept=Kept(None))


def answer(experiment, hill, start, learning_rate):
    settings = {"hill": hill, "start": start, "learning_rate": learning_rate}
    made, trouble = experiment.attempt(settings, 10)
    assert trouble is None
    return made


def test_walk_on_the_parabola_is_the_table_of_the_lesson():
    weights, losses, slopes = answer(opened(), "parabola", 0.0, 0.25).arrays
    # Central differences are exact on a parabola except for rounding: 1e-16 · 9 / 1e-5 < 1e-9.
    np.testing.assert_allclose(weights[:4], [0, 1.5, 2.25, 2.625], rtol=1e-6)
    np.testing.assert_allclose(slopes[:3], [-6, -3, -1.5], rtol=1e-6)
    np.testing.assert_allclose(losses[:4], [9, 2.25, 0.5625, 0.140625], rtol=1e-6)
    assert len(weights) == len(losses) == len(slopes) == STEPS + 1


@pytest.mark.parametrize("hill", HILLS.values(), ids=HILLS)
def test_hills_valleys_are_their_lowest_places(hill):
    for _, lowest in hill.valleys:
        around = hill.loss(lowest + np.array([-0.01, 0, 0.01]))
        assert around[1] < around[0]
        assert around[1] < around[2]
        # A third-order term shifts the balance of both sides by about 0.01 of their height.
        assert around[0] - around[1] == pytest.approx(around[2] - around[1], rel=0.05)


def test_walk_ends_in_the_valley_of_its_side_unless_it_leaps():
    experiment = opened()
    assert answer(experiment, "two valleys", 0.5, 0.05).note["ended"] == "right valley"
    assert answer(experiment, "two valleys", -0.5, 0.05).note["ended"] == "left valley"
    # From 3 the slope is 27 - 12 + 0.5 = 15.5: a rate of 0.2 leaps to -0.1, left of the hilltop.
    leap = answer(experiment, "two valleys", 3.0, 0.2)
    assert leap.arrays[0][1] == pytest.approx(-0.1, abs=1e-4)
    assert leap.note["ended"] == "left valley"


def test_walk_on_the_plain_hardly_moves():
    weights = answer(opened(), "plain", -4.5, 0.25).arrays[0]
    assert abs(weights[-1] - weights[0]) < NEAR


def test_sprint_can_be_met_and_is_not_met_at_the_start():
    def first_below(rate):
        losses = answer(opened(), SPRINT["hill"], 0.0, rate).arrays[1]
        return np.flatnonzero(losses <= SPRINT["loss"])[0]

    assert first_below(HILLS[SPRINT["hill"]].learning_rate) > SPRINT["steps"]
    assert first_below(0.5) <= SPRINT["steps"]


def test_walk_shows_a_wrong_slope_as_it_is():
    uphill = opened(slope=lambda loss, weights: -slope_of(loss, weights))
    weights, _, slopes = answer(uphill, "parabola", 0.0, 0.25).arrays
    assert slopes[0] == pytest.approx(6, rel=1e-6)
    assert weights[1] == pytest.approx(-1.5, rel=1e-6)


def test_walked_hands_over_arrays_that_are_the_learners_to_keep():
    kept = []

    def keeping(loss, weights):
        kept.append(weights)
        assert isinstance(loss(weights), float)
        return 2 * (weights - 3)

    def in_place(weights, gradient, learning_rate):
        weights -= learning_rate * gradient
        return weights

    weights, _ = walked(lambda w: (w - 3) ** 2, 0.0, 0.25, 3, keeping, in_place)
    assert weights.tolist() == [0, 1.5, 2.25, 2.625]
    assert [w.tolist() for w in kept] == [[0], [1.5], [2.25], [2.625]]


def test_walk_that_runs_away_is_drawn_finite():
    for array in answer(opened(), "two valleys", 3.2, 2.0).arrays:
        assert np.isfinite(array).all()


@pytest.mark.parametrize(
    ("slope", "step", "said"),
    [
        (lambda loss, weights: None, step_of, "`numerical_gradient` returned None"),
        (
            slope_of,
            lambda w, g, learning_rate: 3.0,
            "`gradient_step` returned an array of shape ()",
        ),
    ],
    ids=["no slope", "a bare number"],
)
def test_trouble_names_the_function(slope, step, said):
    settings = {"hill": "parabola", "start": 0.0, "learning_rate": 0.25}
    made, trouble = opened(slope, step).attempt(settings, 10)
    assert made is None
    assert trouble.kind == "result"
    assert said in trouble.title


def test_trouble_of_an_unwritten_step_says_which():
    def gradient_step(weights, gradient, learning_rate):
        raise NotImplementedError("gradient_step: not written yet")

    settings = {"hill": "parabola", "start": 0.0, "learning_rate": 0.25}
    _, trouble = opened(step=gradient_step).attempt(settings, 10)
    assert trouble.title.startswith("Write `gradient_step` in ")


def test_picture_states_where_the_walk_ends():
    experiment = opened()
    picture = experiment.picture(answer(experiment, **experiment.settings))
    assert picture.png().startswith(b"\x89PNG")
    assert "The slope at the start is -6" in picture.alt
    assert "in the valley" in picture.alt
