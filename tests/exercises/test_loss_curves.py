"""The criteria of lesson 6: every right answer passes, nothing else earns a point."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exercises.oracles.loss_curves import fresh_curve

# -- right answers of all kinds -------------------------------------------------------------------


def average_by_convolution(losses: Any, window: int) -> Any:
    if window < 1 or window > len(losses):
        raise ValueError("no such window")
    return np.convolve(losses, np.full(window, 1 / window), mode="valid")


def average_by_running_sums(losses: Any, window: int) -> Any:
    if not 0 < window <= np.size(losses):
        raise ValueError("no such window")
    sums = np.concatenate([[0.0], np.cumsum(losses)])
    return (sums[window:] - sums[:-window]) / window


def average_as_a_list(losses: Any, window: int) -> Any:
    values = [float(loss) for loss in losses]
    if not 1 <= window <= len(values):
        raise ValueError("no such window")
    runs = [values[k : k + window] for k in range(len(values) - window + 1)]
    return tuple(math.fsum(run) / window for run in runs)


def converged_by_numpy(losses: Any, window: int = 10, tolerance: float = 0.01) -> Any:
    values = np.asarray(losses, dtype=float)
    if values.size <= window:
        return np.False_
    return np.abs(values[-1 - window] - values[-1]) <= tolerance * np.abs(values[-1 - window])


def converged_by_isclose(losses: Any, window: int = 10, tolerance: float = 0.01) -> Any:
    if len(losses) < window + 1:
        return False
    return bool(np.isclose(losses[-1], losses[-1 - window], rtol=tolerance, atol=0.0))


def converged_by_bounds(losses: Any, window: int = 10, tolerance: float = 0.01) -> Any:
    newest = list(losses)[::-1]
    if window >= len(newest):
        return False
    allowed = tolerance * max(newest[window], -newest[window])
    return newest[window] - allowed <= newest[0] <= newest[window] + allowed


def diagnosis_of_its_own(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    curve = [float(loss) for loss in losses]
    if not (math.isfinite(curve[-1]) and curve[-1] <= curve[0]):
        return "diverging"
    flat = len(curve) > window and abs(curve[-1 - window] - curve[-1]) <= tolerance * abs(
        curve[-1 - window]
    )
    return ("converged" if curve[-1] <= target else "stuck") if flat else "still improving"


def diagnosis_by_match(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    values = np.asarray(losses, dtype=float)
    with np.errstate(invalid="ignore"):
        rising = not values[-1] <= values[0]
    match bool(rising or np.isinf(values[-1])), bool(converged_by_numpy(values, window, tolerance)):
        case True, _:
            return "diverging"
        case _, False:
            return "still improving"
    return ["stuck", "converged"][int(values[-1] <= target)]


def diagnosis_with_words_at_the_end(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    word = "stuck"
    if losses[-1] <= target:
        word = "converged"
    if not converged_by_bounds(losses, window, tolerance):
        word = "still improving"
    if losses[-1] > losses[0] or not np.isfinite(losses[-1]):
        word = "diverging"
    return word


def accuracy_by_a_loop(probabilities: Any, targets: Any) -> Any:
    hits = 0
    for row, target in zip(probabilities, targets, strict=True):
        row, target = list(row), list(target)
        hits += row.index(max(row)) == target.index(max(target))
    return hits / len(targets)


def accuracy_by_maxima(probabilities: Any, targets: Any) -> Any:
    p, t = np.asarray(probabilities, dtype=float), np.asarray(targets, dtype=float)
    return np.mean((p * t).sum(axis=1) == p.max(axis=1))


def accuracy_by_sorting(probabilities: Any, targets: Any) -> Any:
    best = np.argsort(probabilities, axis=1)[:, -1]
    return np.array(np.asarray(targets, dtype=float)[np.arange(len(best)), best].mean())


def stopping_by_counting(losses: Any, patience: int, min_improvement: float = 0.0) -> Any:
    if len(losses) < 1 or patience < 1:
        raise ValueError("nothing to judge")
    best, best_loss, failed = 0, losses[0], 0
    for epoch in range(1, len(losses)):
        failed += 1
        if losses[epoch] < best_loss - min_improvement:
            best, best_loss, failed = epoch, losses[epoch], 0
        if failed == patience:
            break
    else:
        epoch = len(losses) - 1
    return np.array([best, epoch])


def stopping_as_keras_does(losses: Any, patience: int, min_improvement: float = 0.0) -> Any:
    if patience < 1 or not np.size(losses):
        raise ValueError("nothing to judge")
    best, wait, best_epoch = np.inf, 0, 0
    for epoch, loss in enumerate(np.asarray(losses, dtype=float)):
        wait += 1
        if np.less(loss, best - min_improvement):
            best, best_epoch, wait = loss, epoch, 0
        if wait >= patience and epoch > 0:
            return [best_epoch, epoch]
    return [best_epoch, len(losses) - 1]


RIGHT = {
    "moving_average": (average_by_convolution, average_by_running_sums, average_as_a_list),
    "has_converged": (converged_by_numpy, converged_by_isclose, converged_by_bounds),
    "diagnose": (diagnosis_of_its_own, diagnosis_by_match, diagnosis_with_words_at_the_end),
    "accuracy": (accuracy_by_a_loop, accuracy_by_maxima, accuracy_by_sorting),
    "early_stopping": (stopping_by_counting, stopping_as_keras_does),
}


# -- nothing for nothing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "constant"),
    [
        ("has_converged", True),
        ("has_converged", False),
        ("has_converged", np.True_),
        ("diagnose", "diverging"),
        ("diagnose", "still improving"),
        ("diagnose", "converged"),
        ("diagnose", "stuck"),
        ("accuracy", 0.5),
        ("accuracy", 2 / 3),
    ],
)
def test_criteria_give_nothing_to_constant_answers(
    name: str, constant: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    answer = {name: lambda *arguments, **named: constant}
    assert marks("loss_curves", answer, only=[name])[name].score == 0


# -- the same verdict for everybody ---------------------------------------------------------------


def test_diagnose_is_judged_with_a_supplied_has_converged(
    marks: Callable[..., dict[str, Any]],
) -> None:
    results = marks("loss_curves", {"has_converged": lambda *arguments: None})
    assert results["has_converged"].score == 0
    assert results["diagnose"].score == 3


def test_diagnose_keeps_points_that_it_earns_only_with_the_learners_own_has_converged(
    marks: Callable[..., dict[str, Any]],
) -> None:
    def converged_and_change(losses: Any, window: int = 10, tolerance: float = 0.01) -> Any:
        if len(losses) <= window:
            return False, 0.0
        change = abs(losses[-1 - window] - losses[-1])
        return bool(change <= tolerance * abs(losses[-1 - window])), change

    def with_own(module: Any) -> Any:
        def diagnose(losses: Any, target: float, window: int = 10, tolerance: float = 0.01) -> str:
            if not np.isfinite(losses[-1]) or losses[-1] > losses[0]:
                return "diverging"
            if not module.has_converged(losses, window, tolerance)[0]:  # no bool has a first item
                return "still improving"
            return "converged" if losses[-1] < target else "stuck"  # a slip: a tie is reached

        return diagnose

    with_own.takes_module = True  # type: ignore[attr-defined]
    results = marks("loss_curves", {"has_converged": converged_and_change, "diagnose": with_own})
    assert results["has_converged"].score < 3
    assert results["diagnose"].score == 2.5  # none, with a has_converged that returns a bool


def test_fresh_curves_keep_clear_of_the_border_and_below_their_start() -> None:
    random = np.random.default_rng(6)
    for flat in [True, False] * 50:
        losses, window, tolerance, said = fresh_curve(random, flat=flat)
        change = abs(losses[-1] - losses[-1 - window]) / losses[-1 - window] / tolerance
        assert said is flat
        assert change < 0.91 if flat else change > 1.09
        assert 0 < losses[-1] < losses[0]
