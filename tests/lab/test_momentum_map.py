"""The map of learning rates and momenta against what theory says of the heavy ball."""

import numpy as np
import pytest

from lab.data.landscapes import RAVINE_CURVATURES
from lab.experiments.momentum_map import (
    COLUMNS,
    LATE,
    MOMENTUM_STEP,
    RATE_STEP,
    ROWS,
    START,
    STEPS,
    STRONG,
    MomentumMap,
    shrink_factor,
)
from lab.widget.kept import Kept


class HeavyBall:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum, self.velocity = learning_rate, momentum, 0.0

    def update(self, weights, gradient):
        self.velocity = self.momentum * self.velocity + gradient
        return weights - self.learning_rate * self.velocity


def opened(momentum=HeavyBall):
    return MomentumMap(momentum, kept=Kept(None))


def factor(experiment, learning_rate, momentum):
    cell = {"learning_rate": learning_rate, "momentum": momentum}
    answer, trouble = experiment.attempt(cell, 10)
    assert trouble is None
    return answer.note["factor"]


def test_cell_without_momentum_follows_the_exact_solution():
    steps = np.arange(STEPS + 1)
    for rate in (0.0025, 0.03, 0.0475):
        # Plain descent multiplies each weight by 1 - rate · curvature in each step.
        weights = np.array(START) * (1 - rate * np.array(RAVINE_CURVATURES)) ** steps[:, None]
        losses = 0.5 * (weights**2 @ np.array(RAVINE_CURVATURES))
        late = np.prod((losses[-LATE:] / losses[0]) ** (1 / LATE))  # at step 55.5 on average
        expected = late ** (0.5 / 55.5)
        assert factor(opened(), rate, 0.0) == pytest.approx(expected, rel=1e-9)


def test_map_converges_exactly_left_of_polyaks_border():
    experiment = opened()
    judged = 0
    for row in range(0, ROWS, 4):
        for column in range(0, COLUMNS, 3):
            rate, momentum = RATE_STEP * (column + 1), MOMENTUM_STEP * row
            border = 2 * (1 + momentum) / max(RAVINE_CURVATURES)
            # At the border growth and decay are too slow for 60 steps to tell them apart, and
            # near momentum 1 so is decay.
            if abs(rate / border - 1) < 0.04 or momentum > 0.93:
                continue
            assert (factor(experiment, rate, momentum) < 1) == (rate < border), (rate, momentum)
            judged += 1
    assert judged > 80


def test_map_is_fastest_near_the_best_pair_of_theory():
    experiment = opened()
    low, high = np.sqrt(RAVINE_CURVATURES)
    best = factor(experiment, (2 / (low + high)) ** 2, ((high - low) / (high + low)) ** 2)
    for rate, momentum in [(0.0475, 0.0), (0.02, 0.5), (0.05, 0.9), (0.09, 0.9), (0.0975, 0.96)]:
        assert best < factor(experiment, rate, momentum) - 0.05


def test_challenge_beyond_the_border_can_be_met():
    assert factor(opened(), 1.7 * 2 / max(RAVINE_CURVATURES), 0.9) < 1


def test_shrink_factor_of_a_run_that_is_not_finite_is_the_largest():
    assert shrink_factor([1.0] * 30 + [np.inf] * 31) == STRONG
    assert shrink_factor([1.0] * 30 + [np.nan] * 31) == STRONG


def test_map_shows_a_wrong_velocity_as_it_is():
    class Forgetful(HeavyBall):  # keeps nothing of the velocity: momentum has no effect
        def update(self, weights, gradient):
            return weights - self.learning_rate * gradient

    assert factor(opened(Forgetful), 0.03, 0.9) == factor(opened(), 0.03, 0.0)


def test_trouble_of_an_unwritten_class_says_what_to_write():
    class Momentum:
        def __init__(self, learning_rate, momentum=0.9):
            raise NotImplementedError("Momentum: not written yet")

    experiment = opened(Momentum)
    answer, trouble = experiment.attempt(experiment.settings, 10)
    assert answer is None
    assert trouble.title.startswith("Write `Momentum` in ")


def test_picture_states_border_and_fastest_cell():
    experiment = opened()
    answer, _ = experiment.attempt(experiment.settings, 10)
    picture = experiment.picture(answer)
    assert picture.png().startswith(b"\x89PNG")
    assert "0.0475 without momentum" in picture.alt
    assert "momentum 0.54" in picture.alt


def test_picture_of_code_that_fails_in_some_cells_is_drawn_all_the_same():
    class Picky(HeavyBall):
        def __init__(self, learning_rate, momentum=0.9):
            if learning_rate > 0.05:
                raise ValueError("too high for me")
            super().__init__(learning_rate, momentum)

    experiment = opened(Picky)
    answer, trouble = experiment.attempt(experiment.settings, 10)
    assert trouble is None
    assert experiment.picture(answer).png().startswith(b"\x89PNG")
