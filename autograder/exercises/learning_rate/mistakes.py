"""What learners get wrong about learning rates."""

import math
from typing import Any

import numpy as np

import solutions.learning_rate
from autograder.exercises.registry import mistake

solution: Any = solutions.learning_rate

BORDER = "Lesson 3, “Where the border lies”"
TWO_AXES = "Lesson 3, “Steep across, flat along”"
ASKEW = "Lesson 3, “A bowl that lies askew”"
CURVE = "Lesson 3, “Reading the loss curve”"
SCHEDULE = "Lesson 3, “A rate that changes”"


def _curvatures(hessian: Any) -> Any:
    return np.linalg.eigvalsh(np.asarray(hessian, dtype=float))


# -- largest_stable_learning_rate -----------------------------------------------------------------


@mistake(
    "largest_stable_learning_rate",
    says="This is 1/λmax, half of the border: there the steepest axis lands on the bottom in one "
    "step. It diverges only above 2/λmax.",
    read=BORDER,
)
def border_at_half(hessian: Any) -> Any:
    return float(1 / _curvatures(hessian)[-1])


@mistake(
    "largest_stable_learning_rate",
    says="The flattest axis was taken. The steepest one, with the largest eigenvalue, is the first "
    "to diverge: `eigvalsh` returns the eigenvalues in ascending order, the last is the largest.",
    read=TWO_AXES,
)
def border_of_the_flattest_axis(hessian: Any) -> Any:
    return float(2 / _curvatures(hessian)[0])


@mistake(
    "largest_stable_learning_rate",
    says="The fraction stands on its head: it is 2/λmax, the steeper the shorter.",
    read=BORDER,
)
def border_upside_down(hessian: Any) -> Any:
    return float(_curvatures(hessian)[-1] / 2)


@mistake(
    "largest_stable_learning_rate",
    says="The trace is the sum of all eigenvalues. Only the largest of them counts: "
    "`np.linalg.eigvalsh(hessian)[-1]`.",
    read=ASKEW,
)
def border_by_the_trace(hessian: Any) -> Any:
    return float(2 / np.trace(np.asarray(hessian, dtype=float)))


@mistake(
    "largest_stable_learning_rate",
    says="2 is divided by every eigenvalue, which gives an array. One learning rate serves all "
    "axes: take the largest eigenvalue.",
    read=TWO_AXES,
)
def border_of_each_axis(hessian: Any) -> Any:
    return 2 / _curvatures(hessian)


@mistake(
    "largest_stable_learning_rate",
    says="The largest element of the matrix is not its largest eigenvalue, unless the bowl's axes "
    "are those of the weights. Use `np.linalg.eigvalsh`.",
    read=ASKEW,
)
def border_by_the_largest_element(hessian: Any) -> Any:
    return float(2 / np.max(hessian))


@mistake(
    "largest_stable_learning_rate",
    says="`np.linalg.norm` of a matrix adds up the squares of all its elements. The largest "
    "eigenvalue is smaller: `np.linalg.eigvalsh(hessian)[-1]`, or `np.linalg.norm(hessian, 2)`.",
    read=ASKEW,
)
def border_by_the_norm(hessian: Any) -> Any:
    return float(2 / np.linalg.norm(hessian))


@mistake(
    "largest_stable_learning_rate",
    says="The largest sum along a row is a bound for the eigenvalues, not the largest of them. Use "
    "`np.linalg.eigvalsh`.",
    read=ASKEW,
)
def border_by_the_rows(hessian: Any) -> Any:
    return float(2 / np.abs(hessian).sum(axis=1).max())


@mistake(
    "largest_stable_learning_rate",
    says="`np.linalg.eigvals` returns the eigenvalues in no particular order. Take their maximum, "
    "or use `eigvalsh`, which sorts them.",
    read=ASKEW,
)
def border_of_the_last_eigenvalue(hessian: Any) -> Any:
    return float(2 / np.linalg.eigvals(np.asarray(hessian, dtype=float))[-1])


@mistake(
    "largest_stable_learning_rate",
    says="The formula from trace and determinant holds for two weights only. "
    "`np.linalg.eigvalsh` finds the eigenvalues of a bowl of any size.",
    read=ASKEW,
)
def border_of_two_weights(hessian: Any) -> Any:
    hessian = np.asarray(hessian, dtype=float)
    half, product = np.trace(hessian) / 2, np.linalg.det(hessian)
    return float(2 / (half + math.sqrt(abs(half**2 - product))))


# -- contraction_factor ---------------------------------------------------------------------------


@mistake(
    "contraction_factor",
    says="Only the steepest axis is looked at. The slowest decides, and it can be the flattest: "
    "take the maximum over all eigenvalues.",
    read=TWO_AXES,
)
def factor_of_the_steepest_axis(learning_rate: Any, hessian: Any) -> Any:
    return float(abs(1 - learning_rate * _curvatures(hessian)[-1]))


@mistake(
    "contraction_factor",
    says="The smallest factor is returned, that of the fastest axis. The slowest one decides: the "
    "maximum.",
    read=TWO_AXES,
)
def factor_of_the_fastest_axis(learning_rate: Any, hessian: Any) -> Any:
    return float(np.min(np.abs(1 - learning_rate * _curvatures(hessian))))


@mistake(
    "contraction_factor",
    says="The factor is squared: that is how the loss shrinks. Here the error is asked for: "
    "|1 − learning_rate · λ|.",
    read=TWO_AXES,
)
def factor_of_the_loss(learning_rate: Any, hessian: Any) -> Any:
    return solution.contraction_factor(learning_rate, hessian) ** 2


@mistake(
    "contraction_factor",
    says="learning_rate · λ is the part of the error that a step takes away. What is left is "
    "1 minus that.",
    read=BORDER,
)
def factor_taken_away(learning_rate: Any, hessian: Any) -> Any:
    return float(learning_rate * np.max(_curvatures(hessian)))


@mistake(
    "contraction_factor",
    says="This is the factor at the best learning rate, (κ − 1)/(κ + 1), whatever the argument. "
    "Put `learning_rate` into the formula.",
    read=TWO_AXES,
)
def factor_at_the_best_rate(learning_rate: Any, hessian: Any) -> Any:
    curvatures = _curvatures(hessian)
    return float((curvatures[-1] - curvatures[0]) / (curvatures[-1] + curvatures[0]))


@mistake(
    "contraction_factor",
    says="The maximum is taken of the signed factors, so that an axis that overshoots counts as "
    "fast. Take the absolute values first: −0.9 is slow.",
    read=BORDER,
)
def factor_with_a_sign(learning_rate: Any, hessian: Any) -> Any:
    return float(np.max(1 - learning_rate * _curvatures(hessian)))


@mistake(
    "contraction_factor",
    says="Only the flattest axis is looked at. When the learning rate is high the steepest one is "
    "slower, or diverges: take the maximum over all eigenvalues.",
    read=TWO_AXES,
)
def factor_of_the_flattest_axis(learning_rate: Any, hessian: Any) -> Any:
    return float(abs(1 - learning_rate * _curvatures(hessian)[0]))


@mistake(
    "contraction_factor",
    says="The factor is held at 1, so that divergence does not show. Above the border it is "
    "greater than 1: leave it as it is.",
    read=BORDER,
)
def factor_of_at_most_one(learning_rate: Any, hessian: Any) -> Any:
    return min(1.0, solution.contraction_factor(learning_rate, hessian))


@mistake(
    "contraction_factor",
    says="A list has no diagonal and no shape. Make a float array first: "
    "`np.asarray(hessian, dtype=float)`.",
    read=ASKEW,
)
def factor_of_arrays_only(learning_rate: Any, hessian: Any) -> Any:
    return float(np.linalg.norm(np.eye(hessian.shape[0]) - learning_rate * hessian, 2))


@mistake(
    "contraction_factor",
    says="The diagonal is not the set of eigenvalues, unless the bowl's axes are those of the "
    "weights. Use `np.linalg.eigvalsh`.",
    read=ASKEW,
)
def factor_by_the_diagonal(learning_rate: Any, hessian: Any) -> Any:
    return float(np.max(np.abs(1 - learning_rate * np.diag(np.asarray(hessian, dtype=float)))))


# -- best_learning_rate ---------------------------------------------------------------------------


@mistake(
    "best_learning_rate",
    says="This is the border 2/λmax, where nothing converges. The best rate is smaller: "
    "2/(λmin + λmax).",
    read=TWO_AXES,
)
def best_rate_at_the_border(hessian: Any) -> Any:
    return float(2 / _curvatures(hessian)[-1])


@mistake(
    "best_learning_rate",
    says="1/λmax is best for the steepest axis alone. It leaves the flattest one slow: "
    "2/(λmin + λmax) makes both equally fast.",
    read=TWO_AXES,
)
def best_rate_of_the_steepest_axis(hessian: Any) -> Any:
    return float(1 / _curvatures(hessian)[-1])


@mistake(
    "best_learning_rate",
    says="The 2 is missing: it is 2/(λmin + λmax).",
    read=TWO_AXES,
)
def best_rate_without_two(hessian: Any) -> Any:
    return solution.best_learning_rate(hessian) / 2


@mistake(
    "best_learning_rate",
    says="This is 2/(λmax − λmin), with a minus. The two are added.",
    read=TWO_AXES,
)
def best_rate_of_the_difference(hessian: Any) -> Any:
    curvatures = _curvatures(hessian)
    return float(2 / (curvatures[-1] - curvatures[0])) if len(curvatures) > 1 else math.inf


@mistake(
    "best_learning_rate",
    says="The trace adds up all eigenvalues, and for two weights that is the same. Only the "
    "smallest and the largest count.",
    read=ASKEW,
)
def best_rate_by_the_trace(hessian: Any) -> Any:
    return float(2 / np.trace(np.asarray(hessian, dtype=float)))


@mistake(
    "best_learning_rate",
    says="1 over the mean of all eigenvalues is the same for two weights, and not for more. Take "
    "the mean of the smallest and the largest only.",
    read=TWO_AXES,
)
def best_rate_of_the_mean_curvature(hessian: Any) -> Any:
    return float(1 / np.mean(_curvatures(hessian)))


@mistake(
    "best_learning_rate",
    says="The smallest and largest elements of the diagonal are not the eigenvalues, unless the "
    "bowl's axes are those of the weights. Use `np.linalg.eigvalsh`.",
    read=ASKEW,
)
def best_rate_by_the_diagonal(hessian: Any) -> Any:
    diagonal = np.diag(np.asarray(hessian, dtype=float))
    return float(2 / (diagonal.min() + diagonal.max()))


# -- judge_learning_rate --------------------------------------------------------------------------


def _verdict(losses: Any, tail: int, share: float) -> str:
    if np.isnan(losses).any() or np.isinf(losses).any() or losses[-1] > losses[0]:
        return "too high"
    falling = losses[-1 - tail] - losses[-1] > share * (losses[0] - losses[-1])
    return "too low" if losses[-1] == losses[0] or falling else "just right"


def _checked(losses: Any) -> Any:
    if len(losses) < 2:
        raise ValueError("2 losses or more are needed")
    return np.asarray(losses, dtype=float)


def _tail(losses: Any) -> int:
    return max(1, (len(losses) - 1) // 10)


@mistake(
    "judge_learning_rate",
    says="The names “too high” and “too low” are swapped: a loss that grows comes from steps that "
    "are too long.",
    read=CURVE,
)
def verdict_swapped(losses: Any) -> Any:
    verdict = solution.judge_learning_rate(losses)
    return {"too high": "too low", "too low": "too high"}.get(verdict, verdict)


@mistake(
    "judge_learning_rate",
    says="A curve that still falls is called “just right”. It is “too low”: with longer steps the "
    "same number of them would have arrived.",
    read=CURVE,
)
def verdict_never_too_low(losses: Any) -> Any:
    losses = _checked(losses)
    return "too high" if _verdict(losses, 1, 1) == "too high" else "just right"


@mistake(
    "judge_learning_rate",
    says="With fewer than 10 steps `steps // 10` is 0, and a tail of 0 steps never falls. Use "
    "`max(1, steps // 10)`.",
    read=CURVE,
)
def verdict_without_a_tail(losses: Any) -> Any:
    losses = _checked(losses)
    return _verdict(losses, (len(losses) - 1) // 10, 0.01)


@mistake(
    "judge_learning_rate",
    says="Only the last loss is examined for nan and infinity. Any of them counts: "
    "`np.all(np.isfinite(losses))`.",
    read=CURVE,
)
def verdict_by_the_last_loss(losses: Any) -> Any:
    losses = _checked(losses)
    if not np.isfinite(losses[-1]) or losses[-1] > losses[0]:
        return "too high"
    return _verdict(np.where(np.isfinite(losses), losses, losses[-1]), _tail(losses), 0.01)


@mistake(
    "judge_learning_rate",
    says="nan is noticed and infinity is not. `np.isfinite` is False for both.",
    read=CURVE,
)
def verdict_for_nan_only(losses: Any) -> Any:
    losses = _checked(losses)
    if np.isnan(losses).any() or losses[-1] > losses[0]:
        return "too high"
    falling = losses[-1 - _tail(losses)] - losses[-1] > 0.01 * (losses[0] - losses[-1])
    return "too low" if losses[-1] == losses[0] or falling else "just right"


@mistake(
    "judge_learning_rate",
    says="A loss above the first, anywhere, is called “too high” here. Only the last one counts: "
    "a curve may bounce on its way down.",
    read=CURVE,
)
def verdict_by_the_largest_loss(losses: Any) -> Any:
    losses = _checked(losses)
    return "too high" if losses.max() > losses[0] else _verdict(losses, _tail(losses), 0.01)


@mistake(
    "judge_learning_rate",
    says="A curve that ends where it began is not looked at: the drop is 0, and 0 is not more than "
    "1 % of 0. “too low” if the last loss equals the first.",
    read=CURVE,
)
def verdict_on_no_progress(losses: Any) -> Any:
    losses = _checked(losses)
    verdict = _verdict(losses, _tail(losses), 0.01)
    return "just right" if losses[-1] == losses[0] else verdict


@mistake(
    "judge_learning_rate",
    says="A curve that ends where it began is called “too high”. The last loss has to exceed the "
    "first for that: `>`, not `>=`.",
    read=CURVE,
)
def verdict_too_high_without_progress(losses: Any) -> Any:
    losses = _checked(losses)
    return "too high" if losses[-1] == losses[0] else _verdict(losses, _tail(losses), 0.01)


@mistake(
    "judge_learning_rate",
    says="Only the last step is looked at, however long the curve. The tail is a tenth of the "
    "steps: `max(1, steps // 10)`.",
    read=CURVE,
)
def verdict_by_the_last_step(losses: Any) -> Any:
    return _verdict(_checked(losses), 1, 0.01)


@mistake(
    "judge_learning_rate",
    says="The tail is one step short: `losses[-tail]` is tail − 1 steps before the end. It is "
    "`losses[-1 - tail]`.",
    read=CURVE,
)
def verdict_one_step_short(losses: Any) -> Any:
    losses = _checked(losses)
    return _verdict(losses, max(1, _tail(losses) - 1), 0.01)


@mistake(
    "judge_learning_rate",
    says="The tail is a tenth of the number of losses. There is one step fewer than losses: "
    "`steps = len(losses) - 1`.",
    read=CURVE,
)
def verdict_by_the_number_of_losses(losses: Any) -> Any:
    losses = _checked(losses)
    return _verdict(losses, max(1, len(losses) // 10), 0.01)


@mistake(
    "judge_learning_rate",
    says="The last drop is compared with 1 % of the first loss. Compare it with 1 % of the whole "
    "drop, `losses[0] - losses[-1]`: a loss need not end at 0.",
    read=CURVE,
)
def verdict_by_the_first_loss(losses: Any) -> Any:
    losses = _checked(losses)
    verdict = _verdict(losses, _tail(losses), 0.01)
    if verdict == "too high" or losses[-1] == losses[0]:
        return verdict
    falling = losses[-1 - _tail(losses)] - losses[-1] > 0.01 * abs(losses[0])
    return "too low" if falling else "just right"


@mistake(
    "judge_learning_rate",
    says="A drop of exactly 1 % counts as still falling here. It has to be more than that: `>`, "
    "not `>=`.",
    read=CURVE,
)
def verdict_at_exactly_one_percent(losses: Any) -> Any:
    losses = _checked(losses)
    return _verdict(losses, _tail(losses), np.nextafter(0.01, 0))


@mistake(
    "judge_learning_rate",
    says="Too short a list goes unnoticed, or ends in another error. Look at `len(losses)` first "
    "and raise `ValueError` if it is less than 2.",
    read=CURVE,
)
def verdict_on_a_single_loss(losses: Any) -> Any:
    losses = np.asarray(losses, dtype=float)
    return solution.judge_learning_rate(losses) if len(losses) > 1 else "too low"


# -- cosine_schedule ------------------------------------------------------------------------------


def _cosine(peak: Any, angle: Any) -> float:
    return float(peak * 0.5 * (1 + np.cos(angle)))


@mistake(
    "cosine_schedule",
    says="This falls along a straight line. The cosine falls slowly first, then faster, then "
    "slowly again: ½ (1 + cos(π · progress)).",
    read=SCHEDULE,
)
def schedule_along_a_line(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps:
        return peak * step / warmup_steps
    return float(peak * max(0.0, 1 - (step - warmup_steps) / (total_steps - warmup_steps)))


@mistake(
    "cosine_schedule",
    says="The cosine alone runs from 1 down to −1. Add 1 and take half: ½ (1 + cos(π · progress)).",
    read=SCHEDULE,
)
def schedule_below_zero(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps or step >= total_steps:
        return solution.cosine_schedule(peak, step, total_steps, warmup_steps)
    return float(peak * np.cos(np.pi * (step - warmup_steps) / (total_steps - warmup_steps)))


@mistake(
    "cosine_schedule",
    says="The factor ½ is missing, so that the schedule starts at twice the peak.",
    read=SCHEDULE,
)
def schedule_twice_as_high(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    factor = 1 if step < warmup_steps else 2
    return factor * solution.cosine_schedule(peak, step, total_steps, warmup_steps)


@mistake(
    "cosine_schedule",
    says="The curve rises: the cosine has the other sign. It is ½ (1 + cos), with a plus.",
    read=SCHEDULE,
)
def schedule_rising(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps or step >= total_steps:
        return solution.cosine_schedule(peak, step, total_steps, warmup_steps)
    return peak - solution.cosine_schedule(peak, step, total_steps, warmup_steps)


@mistake(
    "cosine_schedule",
    says="The angle runs to 2π, so that the rate comes back up at the end. Half a wave is enough: "
    "π · progress.",
    read=SCHEDULE,
)
def schedule_of_a_whole_wave(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps or step >= total_steps:
        return solution.cosine_schedule(peak, step, total_steps, warmup_steps)
    return _cosine(peak, 2 * np.pi * (step - warmup_steps) / (total_steps - warmup_steps))


@mistake(
    "cosine_schedule",
    says="The angle is in degrees. `np.cos` takes radians: half a turn is π, not 180.",
    read=SCHEDULE,
)
def schedule_in_degrees(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps or step >= total_steps:
        return solution.cosine_schedule(peak, step, total_steps, warmup_steps)
    return _cosine(peak, 180 * (step - warmup_steps) / (total_steps - warmup_steps))


@mistake(
    "cosine_schedule",
    says="The warm-up is left out: while step < warmup_steps the rate rises along a line, "
    "peak · step / warmup_steps.",
    read=SCHEDULE,
)
def schedule_without_warm_up(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    return solution.cosine_schedule(peak, step, total_steps)


@mistake(
    "cosine_schedule",
    says="The warm-up starts one step too high: the very first learning rate is 0. It is "
    "peak · step / warmup_steps, without + 1.",
    read=SCHEDULE,
)
def schedule_one_step_ahead(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps:
        return float(peak * (step + 1) / warmup_steps)
    return solution.cosine_schedule(peak, step, total_steps, warmup_steps)


@mistake(
    "cosine_schedule",
    says="After the warm-up the cosine goes on as if it had run from step 0, and jumps. Take the "
    "warm-up off: (step − warmup_steps) / (total_steps − warmup_steps).",
    read=SCHEDULE,
)
def schedule_with_a_jump(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps:
        return float(peak * step / warmup_steps)
    return solution.cosine_schedule(peak, step, total_steps)


@mistake(
    "cosine_schedule",
    says="The steps after the warm-up are divided by the whole length, so that the curve does not "
    "reach 0 in time. Divide by total_steps − warmup_steps.",
    read=SCHEDULE,
)
def schedule_that_ends_late(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps or step >= total_steps:
        return solution.cosine_schedule(peak, step, total_steps, warmup_steps)
    return _cosine(peak, np.pi * (step - warmup_steps) / total_steps)


@mistake(
    "cosine_schedule",
    says="Beyond the last step the cosine rises again. From total_steps on the rate is 0: "
    "ask for that first.",
    read=SCHEDULE,
)
def schedule_that_restarts(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    if step < warmup_steps:
        return float(peak * step / warmup_steps)
    return _cosine(peak, np.pi * (step - warmup_steps) / (total_steps - warmup_steps))


@mistake(
    "cosine_schedule",
    says="The result is rounded. Rounding is for showing a number: return it as it is.",
    read=SCHEDULE,
)
def schedule_rounded(peak: Any, step: Any, total_steps: Any, warmup_steps: Any = 0) -> Any:
    return round(solution.cosine_schedule(peak, step, total_steps, warmup_steps), 4)
