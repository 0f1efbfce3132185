"""What lesson 3 says in words about its rule and its valley holds for the reference functions."""

import numpy as np
import pytest

from solutions import gradient_descent, learning_rate


@pytest.mark.parametrize(
    ("losses", "verdict"),
    [
        pytest.param([10, 5, 1, 2, 3, 4, 5], "just right", id="turned around below its start"),
        pytest.param([9.0] * 21, "too low", id="on the border"),
        pytest.param(9 * 0.999 ** np.arange(21), "too low", id="a hair below the border"),
    ],
)
def test_judge_learning_rate_is_as_blunt_as_the_lesson_says(losses, verdict):
    assert learning_rate.judge_learning_rate(losses) == verdict


def test_walk_above_the_border_loses_for_five_steps_before_it_gains():
    curvatures = np.array([1.0, 10.0])
    path = gradient_descent.gradient_descent(lambda w: curvatures * w, [-10, 1], 0.21, 15)
    losses = path**2 @ curvatures / 2
    assert np.all(np.diff(losses)[:5] < 0)
    assert np.all(np.diff(losses)[5:] > 0)
