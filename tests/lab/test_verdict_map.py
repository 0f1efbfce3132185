"""The map of verdicts: each cell a walk of the learner's code, judged by the learner's rule."""

import numpy as np
import pytest

from lab.experiments.verdict_map import ASKED, RATES, STEEPNESSES, STEPS, VerdictMap, exponentials
from lab.widget.kept import Kept
from solutions.gradient_descent import gradient_descent
from solutions.learning_rate import judge_learning_rate


def opened(judge=judge_learning_rate):
    return VerdictMap(gradient_descent, judge, kept=Kept(None))


def judged(experiment, rate, steepness):
    cell = {"learning_rate": rate, "steepness": steepness}
    answer, trouble = experiment.attempt(cell, 10)
    assert trouble is None, trouble
    return answer.note["verdict"], answer.arrays[0]


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.19])
def test_cell_follows_the_exact_solution(rate):
    _, losses = judged(opened(), rate, 10.0)
    # Each step multiplies the weights by 1 - rate and by 1 - 10 rate; the start is (-10, 1).
    factors = (1 - rate * np.array([1.0, 10.0])) ** np.arange(STEPS + 1)[:, None]
    expected = (factors * [-10, 1]) ** 2 @ [0.5, 5.0]
    np.testing.assert_allclose(losses, expected, rtol=1e-5)  # float32 keeps seven digits


def test_right_rates_form_a_wedge_below_the_border_that_closes():
    experiment, rates = opened(), exponentials(RATES)
    highest = []
    for steepness in exponentials(STEEPNESSES):
        verdicts = [judged(experiment, rate, steepness)[0] for rate in rates]
        assert verdicts[0] == "too low"
        assert verdicts[-1] == "too high"
        right = [rate for rate, said in zip(rates, verdicts, strict=True) if said == "just right"]
        highest.append(max(right, default=0.0))
        # A little beyond the border 60 steps are too few to see the loss grow above its first.
        assert highest[-1] < 1.02 * 2 / steepness
    assert highest[ASKED] == pytest.approx(0.2, rel=0.01)
    assert highest == sorted(highest, reverse=True)
    assert highest[-1] == 0 < highest[ASKED + 8]
    assert exponentials(STEEPNESSES)[ASKED] == 10


def test_map_asks_the_learners_own_rule():
    def hasty(losses):
        return "just right"

    assert judged(opened(hasty), 1.0, 100.0)[0] == "just right"
    assert not opened(hasty).agrees({"learning_rate": 1.0, "steepness": 100.0})

    def shrugs(losses):
        return "fine"

    _, trouble = opened(shrugs).attempt(opened().settings, 10)
    assert trouble.title.startswith('`judge_learning_rate` returned "fine"')


def test_picture_states_where_the_rule_says_just_right():
    experiment = opened()
    answer, _ = experiment.attempt(experiment.settings, 10)
    picture = experiment.picture(answer)
    assert picture.png().startswith(b"\x89PNG")
    assert "at a steepness of 10 from 0.0" in picture.alt
