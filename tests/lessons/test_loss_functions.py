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


def test_loss_functions_confident_filter_loses_five_times_as_much():
    doubtful, certain = (losses.binary_cross_entropy([p], [0.0]) for p in (0.6, 0.99))
    assert (round(doubtful, 3), round(certain, 3)) == (0.916, 4.605)
    assert round(certain / doubtful) == 5
    gained = losses.binary_cross_entropy([0.1], [0.0]) - losses.binary_cross_entropy([0.01], [0.0])
    assert 0 < gained < 0.1


def test_loss_functions_robust_loss_pulls_no_harder_far_out():
    near, far = losses.robust_loss_gradient([10.0, 1000.0], [0.0, 0.0])
    assert far < 2 * near


def test_loss_functions_weighted_answer_is_as_the_model_answer_says():
    share = 1 / 11  # sick: 10q/(10q + 1 − q) is one half
    assert abs(10 * share / (10 * share + 1 - share) - 0.5) < 1e-12
    p = np.linspace(0.01, 0.99, 99)
    cost = -(10 * share * np.log(p) + (1 - share) * np.log(1 - p))
    assert abs(p[np.argmin(cost)] - 0.5) < 1e-12
