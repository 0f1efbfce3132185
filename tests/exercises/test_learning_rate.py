"""The criteria of lesson 3: every right answer passes, nothing else earns a point."""

import cmath
import math
from typing import Any

import numpy as np
import pytest

from autograder.checking.judge import Seed, judge
from autograder.exercises.registry import criteria_of, solved_student

# -- right answers of all kinds -------------------------------------------------------------------


def border_by_eigvals(hessian: Any) -> Any:
    return 2 / max(np.linalg.eigvals(np.array(hessian, dtype=float)).real)


def border_by_the_spectral_norm(hessian: Any) -> Any:
    return np.float64(2) / np.linalg.norm(np.asarray(hessian), ord=2)


def border_by_singular_values(hessian: Any) -> Any:
    return np.array(2 / np.linalg.svd(hessian, compute_uv=False)[0])


def border_by_power_iteration(hessian: Any) -> Any:
    h = np.array(hessian, dtype=float)
    w = np.arange(1.0, len(h) + 1)
    for _ in range(100):
        w = h @ w
        w = w / np.linalg.norm(w)
    return float(2 / (w @ h @ w))


def factor_by_a_loop(learning_rate: float, hessian: Any) -> Any:
    return max(abs(1 - learning_rate * each) for each in np.linalg.eigvalsh(hessian))


def factor_of_the_step_matrix(learning_rate: float, hessian: Any) -> Any:
    h = np.array(hessian, dtype=float)
    return np.linalg.norm(np.eye(len(h)) - learning_rate * h, 2)


def factor_of_the_two_ends(learning_rate: float, hessian: Any) -> Any:
    low, *_, high = np.sort(np.linalg.svd(np.array(hessian), compute_uv=False))
    return np.maximum(1 - learning_rate * low, learning_rate * high - 1)


def best_by_the_ends(hessian: Any) -> Any:
    eigenvalues = np.linalg.eig(np.asarray(hessian, dtype=float))[0].real
    return 2 / (min(eigenvalues) + max(eigenvalues))


def best_as_an_inverse_mean(hessian: Any) -> Any:
    curvatures = np.linalg.svd(np.asarray(hessian), compute_uv=False)
    return 1 / np.mean(curvatures[[0, -1]])


def best_by_the_border(hessian: Any) -> Any:
    border = border_by_eigvals(hessian)
    return border / (1 + 1 / np.linalg.cond(np.asarray(hessian, dtype=float)))


def verdict_by_a_loop(losses: Any) -> Any:
    values = [float(each) for each in losses]
    if len(values) < 2:
        raise ValueError("too few losses")
    for each in values:
        if math.isnan(each) or math.isinf(each):
            return "too high"
    drop = values[0] - values[-1]
    if drop < 0:
        return "too high"
    tail = (len(values) - 1) // 10 or 1
    late = values[-tail - 1] - values[-1]
    return "too low" if drop == 0 or late / drop > 0.01 else "just right"


def verdict_in_percent(losses: Any) -> Any:
    values = np.asarray(losses, dtype=float)
    if values.size <= 1:
        raise ValueError
    if values[-1] > values[0] or not np.isfinite(values).all():
        return "too high"
    steps = len(values) - 1
    tail = max(steps // 10, 1)
    if values[0] == values[-1]:
        return "too low"
    if 100 * (values[steps - tail] - values[steps]) > values[0] - values[steps]:
        return "too low"
    return "just right"


def verdict_by_sums(losses: Any) -> Any:
    values = np.array(losses, dtype=float)
    if len(values) < 2:
        raise ValueError("too few losses")
    if not np.isfinite(np.sum(values)):
        return "too high"
    falls = values[:-1] - values[1:]
    tail = max(1, len(falls) // 10)
    total = values[0] - values[-1]
    if total < 0:
        return "too high"
    late = values[len(values) - 1 - tail] - values[-1]
    return "just right" if total > 0 and late <= total / 100 else "too low"


def schedule_with_math(peak: float, step: int, total_steps: int, warmup_steps: int = 0) -> Any:
    if step < warmup_steps:
        return peak * (step / warmup_steps)
    if step < total_steps:
        share = (step - warmup_steps) / (total_steps - warmup_steps)
        return peak * (1 + math.cos(math.pi * share)) / 2
    return 0


def schedule_by_half_angles(peak: float, step: int, total_steps: int, warmup_steps: int = 0) -> Any:
    if step >= total_steps:
        return np.float64(0.0)
    if warmup_steps and step < warmup_steps:
        return np.float64(step) / warmup_steps * peak
    angle = np.pi * (step - warmup_steps) / (total_steps - warmup_steps)
    return np.array(peak * np.cos(angle / 2) ** 2)


def schedule_on_the_circle(peak: float, step: int, total_steps: int, warmup_steps: int = 0) -> Any:
    if step >= total_steps:
        return 0.0
    if step < warmup_steps:
        return np.interp(step, [0, warmup_steps], [0, peak])
    turn = cmath.exp(1j * math.pi * (step - warmup_steps) / (total_steps - warmup_steps))
    return peak / 2 + peak / 2 * turn.real


RIGHT = {
    "largest_stable_learning_rate": (
        border_by_eigvals,
        border_by_the_spectral_norm,
        border_by_singular_values,
        border_by_power_iteration,
    ),
    "contraction_factor": (factor_by_a_loop, factor_of_the_step_matrix, factor_of_the_two_ends),
    "best_learning_rate": (best_by_the_ends, best_as_an_inverse_mean, best_by_the_border),
    "judge_learning_rate": (verdict_by_a_loop, verdict_in_percent, verdict_by_sums),
    "cosine_schedule": (schedule_with_math, schedule_by_half_angles, schedule_on_the_circle),
}


# -- how close is close ---------------------------------------------------------------------------


@pytest.mark.parametrize("off", [1 - 1e-5, 1 + 1e-5], ids=["below", "above"])
@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("largest_stable_learning_rate", border_by_eigvals),
        ("best_learning_rate", best_by_the_ends),
    ],
)
def test_convergence_tells_a_rate_that_is_off_by_one_part_in_a_hundred_thousand(
    name: str, right: Any, off: float
) -> None:
    *_, convergence = criteria_of(name, "learning_rate")
    student = solved_student("learning_rate", {name: lambda hessian: right(hessian) * off})
    assert judge(convergence, student, Seed("secret", "ada")).outcome == "failed"
