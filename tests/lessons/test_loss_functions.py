"""Lesson 1: what it says about its experiments holds for the arrows that they start with."""

import numpy as np

from lab.experiments.archery import REACH, START
from solutions import losses


def test_loss_functions_arrows_start_as_the_lesson_says():
    misses = np.hypot(*np.array(START).T)
    assert len(misses) == 5
    assert (misses[:4] < 4).all()  # near the center
    assert round(misses[4]) == 10
    assert 2 * misses[4] < REACH  # there is room to move it twice as far out


def test_loss_functions_far_arrow_dominates_the_mean_of_squares():
    near = np.hypot(*np.array(START).T)
    far = np.append(near[:4], 2 * near[4])
    zeros = np.zeros(5)
    squares = [losses.mean_squared_error(misses, zeros) for misses in (near, far)]
    assert round(squares[1] / squares[0], 1) == 3.5  # about three and a half times
    assert round(far.mean() / near.mean(), 1) == 1.5  # about one and a half times


def test_loss_functions_leading_logit_gains_next_to_nothing():
    ahead = losses.softmax([[5.0, 0.0, 0.0]])
    assert losses.categorical_cross_entropy(ahead, [[1, 0, 0]]) < 0.02
