"""What a loss makes a model learn: the best single answer under three losses."""

import numpy as np
import pytest

from lab.experiments.best_constant import LATE, RIDES, BestConstantExperiment
from lab.widget.kept import Kept
from solutions.losses import mean_squared_error, robust_loss


def best(targets, robust=robust_loss):
    experiment = BestConstantExperiment(mean_squared_error, robust, kept=Kept(None))
    answer, trouble = experiment.attempt({"targets": targets}, 10)
    assert trouble is None, trouble
    return answer.note["best"]


def test_squared_learns_the_mean_and_absolute_the_median():
    draws = np.random.default_rng(3).uniform(0, 20, (10, 9)).round(1)
    for targets in draws:
        squared, absolute, _ = best(targets)
        # The search tells answers to a hundredth.
        assert squared == pytest.approx(targets.mean(), abs=0.0051)
        assert absolute == pytest.approx(np.median(targets), abs=0.0051)


def test_robust_loss_stays_with_the_usual_rides():
    squared, absolute, robust = best([*RIDES, LATE])
    assert squared > 4.5
    assert abs(robust - absolute) < 0.5


def test_learner_functions_are_asked_for_every_answer():
    seen = []

    def recorded(predictions, targets):
        seen.append((predictions[0], len(predictions), list(targets)))
        return float(np.abs(predictions - 7).sum())

    assert best([1.0, 2.0, 3.0], recorded)[2] == 7
    assert {answer for answer, _, _ in seen} >= {0.0, 20.0}
    assert all(count == 3 and targets == [1.0, 2.0, 3.0] for _, count, targets in seen)


def test_nan_is_never_the_best_answer():
    def broken(predictions, targets):
        return float("nan") if predictions[0] < 5 else float(predictions[0])

    assert best([1.0, 2.0, 3.0], broken)[2] == pytest.approx(5)


def test_challenge_can_be_met_with_three_late_rides():
    squared, _, robust = best([*RIDES[:6], 20.0, 20.0, 20.0])
    assert squared >= 8
    assert robust < 5


def test_picture_tells_the_three_answers():
    experiment = BestConstantExperiment(mean_squared_error, robust_loss, kept=Kept(None))
    answer, _ = experiment.attempt(experiment.settings, 10)
    picture = experiment.picture(answer)
    assert picture.png().startswith(b"\x89PNG")
    assert "squared 4.74, absolute 3.20, yours" in picture.alt
