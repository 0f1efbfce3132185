"""What learners get wrong about learning rates."""

import math
from typing import Any

import numpy as np

from autograder.checking.mistake import Given, Mistakes
from solutions import learning_rate as solution

BORDER = "Lesson 3, “Where the border is”"
TWO_AXES = "Lesson 3, “Steep across, flat along”"
ASKEW = "Lesson 3, “A tilted bowl”"
CURVE = "Lesson 3, “Reading the loss curve”"
SCHEDULE = "Lesson 3, “A rate that changes”"


largest_stable_learning_rate = Mistakes(solution.largest_stable_learning_rate, read=ASKEW)
largest_stable_learning_rate.slip(
    "border_at_half",
    {"2 /": "1 /"},
    says="This is 1/λmax, half of the border: there the steepest axis lands on the bottom in one "
    "step. It diverges only above 2/λmax.",
    read=BORDER,
)
largest_stable_learning_rate.slip(
    "border_of_the_flattest_axis",
    {"[-1]": "[0]"},
    says="The flattest axis was taken. The steepest one, with the largest eigenvalue, is the first "
    "to diverge: `eigvalsh` returns the eigenvalues in ascending order, the last is the largest.",
    read=TWO_AXES,
)
largest_stable_learning_rate.slip(
    "border_upside_down",
    {"2 / curvatures[-1]": "curvatures[-1] / 2"},
    says="The fraction is upside down: it is 2/λmax, the steeper the shorter.",
    read=BORDER,
)
largest_stable_learning_rate.slip(
    "border_by_the_trace",
    {"curvatures[-1]": "np.trace(hessian)"},
    says="The trace is the sum of all eigenvalues. Only the largest of them counts: "
    "`np.linalg.eigvalsh(hessian)[-1]`.",
)
largest_stable_learning_rate.slip(
    "border_of_each_axis",
    {"float(2 / curvatures[-1])": "2 / curvatures"},
    says="2 is divided by every eigenvalue, which gives an array. One learning rate serves all "
    "axes: take the largest eigenvalue.",
    read=TWO_AXES,
)
largest_stable_learning_rate.slip(
    "border_by_the_largest_element",
    {"curvatures[-1]": "np.max(hessian)"},
    says="The largest element of the matrix is not its largest eigenvalue, unless the bowl's axes "
    "are those of the weights. Use `np.linalg.eigvalsh`.",
)
largest_stable_learning_rate.slip(
    "border_by_the_norm",
    {"curvatures[-1]": "np.linalg.norm(hessian)"},
    says="`np.linalg.norm` of a matrix adds up the squares of all its elements. The largest "
    "eigenvalue is smaller: `np.linalg.eigvalsh(hessian)[-1]`, or `np.linalg.norm(hessian, 2)`.",
)
largest_stable_learning_rate.slip(
    "border_by_the_rows",
    {"curvatures[-1]": "np.abs(hessian).sum(axis=1).max()"},
    says="The largest sum along a row is a bound for the eigenvalues, not the largest of them. Use "
    "`np.linalg.eigvalsh`.",
)
largest_stable_learning_rate.slip(
    "border_of_the_last_eigenvalue",
    {"eigvalsh": "eigvals"},
    says="`np.linalg.eigvals` returns the eigenvalues in no particular order. Take their maximum, "
    "or use `eigvalsh`, which sorts them.",
)


@largest_stable_learning_rate.instead(
    says="The formula from trace and determinant holds for two weights only. "
    "`np.linalg.eigvalsh` finds the eigenvalues of a bowl of any size."
)
def border_of_two_weights(given: Given) -> Any:
    half, product = np.trace(given.hessian) / 2, np.linalg.det(given.hessian)
    return float(2 / (half + math.sqrt(abs(half**2 - product))))


contraction_factor = Mistakes(solution.contraction_factor, read=TWO_AXES)
contraction_factor.slip(
    "factor_of_the_steepest_axis",
    {"* curvatures": "* curvatures[-1]"},
    says="Only the steepest axis is looked at. The slowest decides, and it can be the flattest: "
    "take the maximum over all eigenvalues.",
)
contraction_factor.slip(
    "factor_of_the_fastest_axis",
    {"np.max": "np.min"},
    says="The smallest factor is returned, that of the fastest axis. The slowest one decides: the "
    "maximum.",
)
contraction_factor.slip(
    "factor_of_the_loss",
    {"np.abs(1 - learning_rate * curvatures)": "(1 - learning_rate * curvatures) ** 2"},
    says="The factor is squared: that is how the loss shrinks. This function is about the error: "
    "|1 − learning_rate · λ|.",
)
contraction_factor.slip(
    "factor_taken_away",
    {"np.abs(1 - learning_rate * curvatures)": "learning_rate * curvatures"},
    says="learning_rate · λ is the part of the error that a step takes away. What is left is "
    "1 minus that.",
    read=BORDER,
)
contraction_factor.slip(
    "factor_at_the_best_rate",
    {"return": "learning_rate = 2 / (curvatures[0] + curvatures[-1])\n    return"},
    says="This is the factor at the best learning rate, (κ − 1)/(κ + 1), whatever the argument. "
    "Put `learning_rate` into the formula.",
)
contraction_factor.slip(
    "factor_with_a_sign",
    {"np.abs(1 - learning_rate * curvatures)": "1 - learning_rate * curvatures"},
    says="The maximum is taken of the signed factors, so that an axis that overshoots counts as "
    "fast. Take the absolute values first: −0.9 is slow.",
    read=BORDER,
)
contraction_factor.slip(
    "factor_of_the_flattest_axis",
    {"* curvatures": "* curvatures[0]"},
    says="Only the flattest axis is looked at. When the learning rate is high the steepest one is "
    "slower, or diverges: take the maximum over all eigenvalues.",
)


@contraction_factor.instead(
    says="The factor is held at 1, so that divergence does not show. Above the border it is "
    "greater than 1: leave it as it is.",
    read=BORDER,
)
def factor_of_at_most_one(given: Given) -> Any:
    return min(1.0, given.right())


@contraction_factor.instead(
    says="A list has no diagonal and no shape. Make a float array first: "
    "`np.asarray(hessian, dtype=float)`.",
    read=ASKEW,
)
def factor_of_arrays_only(given: Given) -> Any:
    shrinking = np.eye(given.hessian.shape[0]) - given.learning_rate * given.hessian
    return float(np.linalg.norm(shrinking, 2))


contraction_factor.slip(
    "factor_by_the_diagonal",
    {"np.linalg.eigvalsh": "np.diag"},
    says="The diagonal is not the set of eigenvalues, unless the bowl's axes are those of the "
    "weights. Use `np.linalg.eigvalsh`.",
    read=ASKEW,
)
contraction_factor.slip(
    "factor_by_the_length",
    {
        "np.max(np.abs(1 - learning_rate * curvatures))": (
            "np.linalg.norm(1 - learning_rate * curvatures)"
        ),
    },
    says="This is the root of the sum of all squared factors, the Frobenius norm of 1 − "
    "learning_rate · H. The slowest axis decides: take the maximum of |1 − learning_rate · λ|, "
    "or the norm of order 2.",
)
contraction_factor.slip(
    "factor_of_the_mean_curvature",
    {"* curvatures": "* np.mean(curvatures)"},
    says="The mean of the eigenvalues is put in. Each axis has its own factor: take the maximum "
    "over all of them.",
)
contraction_factor.slip(
    "factor_of_ones",
    {
        "curvatures = np.linalg.eigvalsh(np.asarray(hessian, dtype=float))": (
            "curvatures = np.linalg.eigvalsh(1 - learning_rate * np.asarray(hessian))"
        ),
        "1 - learning_rate * curvatures": "curvatures",
    },
    says="`1 - learning_rate * hessian` subtracts every element from 1, off the diagonal too. Take "
    "the eigenvalues first, or use np.eye.",
)

best_learning_rate = Mistakes(solution.best_learning_rate, read=TWO_AXES)
best_learning_rate.slip(
    "best_rate_at_the_border",
    {"curvatures[0] + ": ""},
    says="This is the border 2/λmax, where nothing converges. The best rate is smaller: "
    "2/(λmin + λmax).",
)
best_learning_rate.slip(
    "best_rate_of_the_steepest_axis",
    {"2 / (curvatures[0] + curvatures[-1])": "1 / curvatures[-1]"},
    says="1/λmax is best only for the steepest axis. It leaves the flattest one slow: "
    "2/(λmin + λmax) makes both equally fast.",
)
best_learning_rate.slip(
    "best_rate_without_two", {"2 / (": "1 / ("}, says="The 2 is missing: it is 2/(λmin + λmax)."
)
best_learning_rate.slip(
    "best_rate_of_the_difference",
    {
        "return": "if len(curvatures) == 1:\n        return np.inf\n    return",
        "curvatures[0] + curvatures[-1]": "curvatures[-1] - curvatures[0]",
    },
    says="This is 2/(λmax − λmin), with a minus. The two are added.",
)
best_learning_rate.slip(
    "best_rate_by_the_trace",
    {"curvatures[0] + curvatures[-1]": "np.trace(hessian)"},
    says="The trace adds up all eigenvalues, and for two weights that is the same. Only the "
    "smallest and the largest count.",
    read=ASKEW,
)
best_learning_rate.slip(
    "best_rate_of_the_mean_curvature",
    {"2 / (curvatures[0] + curvatures[-1])": "1 / np.mean(curvatures)"},
    says="1 over the mean of all eigenvalues is the same for two weights, and not for more. Take "
    "the mean of the smallest and the largest only.",
)
best_learning_rate.slip(
    "best_rate_by_the_diagonal",
    {"np.linalg.eigvalsh(np.asarray(hessian, dtype=float))": "np.sort(np.diag(hessian))"},
    says="The smallest and largest elements of the diagonal are not the eigenvalues, unless the "
    "bowl's axes are those of the weights. Use `np.linalg.eigvalsh`.",
    read=ASKEW,
)
best_learning_rate.slip(
    "best_rate_of_the_geometric_mean",
    {"2 / (curvatures[0] + curvatures[-1])": "1 / np.sqrt(curvatures[0] * curvatures[-1])"},
    says="This is 1 over the geometric mean of the two curvatures. Both axes shrink equally fast "
    "where 1 − rate · λmin equals rate · λmax − 1: solve that for the rate.",
)

judge_learning_rate = Mistakes(solution.judge_learning_rate, read=CURVE)


@judge_learning_rate.instead(
    says="The names “too high” and “too low” are swapped: a loss that grows comes from steps that "
    "are too long."
)
def verdict_swapped(given: Given) -> Any:
    verdict = given.right()
    return {"too high": "too low", "too low": "too high"}.get(verdict, verdict)


judge_learning_rate.slip(
    "verdict_never_too_low",
    {"too low": "just right"},
    says="A curve that still falls is called “just right”. It is “too low”: with longer steps the "
    "same number of them would have arrived.",
)
judge_learning_rate.slip(
    "verdict_without_a_tail",
    {"max(1, steps // 10)": "steps // 10"},
    says="With fewer than 10 steps `steps // 10` is 0, and a tail of 0 steps never falls. Use "
    "`max(1, steps // 10)`.",
)
judge_learning_rate.slip(
    "verdict_by_the_last_loss",
    {"np.all(np.isfinite(losses))": "np.isfinite(last)"},
    says="Only the last loss is examined for nan and infinity. Any of them counts: "
    "`np.all(np.isfinite(losses))`.",
)
judge_learning_rate.slip(
    "verdict_that_trusts_nan",
    {"not np.all(np.isfinite(losses)) or ": ""},
    says="Nothing asks for nan, and nan answers every comparison with no: such a run ends up as "
    "“just right”. Ask first whether all losses are finite, with `np.isfinite`.",
)
judge_learning_rate.slip(
    "verdict_for_nan_only",
    {"not np.all(np.isfinite(losses))": "np.any(np.isnan(losses))"},
    says="nan is noticed and infinity is not. `np.isfinite` is False for both.",
)
judge_learning_rate.slip(
    "verdict_by_the_largest_loss",
    {"last > first": "losses.max() > first"},
    says="A rise on the way is called “too high” here. Only the last loss is compared with the "
    "first: a curve may bounce on its way down.",
)
judge_learning_rate.slip(
    "verdict_on_no_progress",
    {"last == first or still_falling": "still_falling"},
    says="A curve that ends where it began is not looked at: the drop is 0, and 0 is not more than "
    "1% of 0. “too low” if the last loss equals the first.",
)
judge_learning_rate.slip(
    "verdict_too_high_without_progress",
    {"last > first": "last >= first"},
    says="A curve that ends where it began is called “too high”. The last loss has to exceed the "
    "first for that: `>`, not `>=`.",
)
judge_learning_rate.slip(
    "verdict_by_the_last_step",
    {"max(1, steps // 10)": "1"},
    says="Only the last step is looked at, however long the curve. The tail is a tenth of the "
    "steps: `max(1, steps // 10)`.",
)
judge_learning_rate.slip(
    "verdict_one_step_short",
    {"steps // 10": "steps // 10 - 1"},
    says="The tail is one step short: `losses[-tail]` is tail − 1 steps before the end. It is "
    "`losses[-1 - tail]`.",
)
judge_learning_rate.slip(
    "verdict_by_the_number_of_losses",
    {"steps // 10": "len(losses) // 10"},
    says="The tail is a tenth of the number of losses. There is one step fewer than losses: "
    "`steps = len(losses) - 1`.",
)
judge_learning_rate.slip(
    "verdict_by_the_first_loss",
    {"(first - last)": "first"},
    says="The last drop is compared with 1% of the first loss. Compare it with 1% of the whole "
    "drop, `losses[0] - losses[-1]`: a loss need not end at 0.",
)
judge_learning_rate.slip(
    "verdict_at_exactly_one_percent",
    {"> 0.01": ">= 0.01"},
    says="A drop of exactly 1% counts as still falling here. It has to be more than that: `>`, "
    "not `>=`.",
)


@judge_learning_rate.instead(
    says="Too short a list goes unnoticed, or ends in another error. Look at `len(losses)` first "
    "and raise `ValueError` if it is less than 2."
)
def verdict_on_a_single_loss(given: Given) -> Any:
    return given.right() if len(given.losses) > 1 else "too low"


cosine_schedule = Mistakes(solution.cosine_schedule, read=SCHEDULE)
cosine_schedule.slip(
    "schedule_along_a_line",
    {"0.5 * (1 + np.cos(np.pi * progress))": "(1 - progress)"},
    says="This falls along a straight line. The cosine falls slowly first, then faster, then "
    "slowly again: ½ (1 + cos(π · progress)).",
)
cosine_schedule.slip(
    "schedule_below_zero",
    {"0.5 * (1 + np.cos(np.pi * progress))": "np.cos(np.pi * progress)"},
    says="The cosine by itself runs from 1 down to −1. Add 1 and take half: "
    "½ (1 + cos(π · progress)).",
)
cosine_schedule.slip(
    "schedule_twice_as_high",
    {"0.5 * ": ""},
    says="The factor ½ is missing, so that the schedule starts at twice the peak.",
)
cosine_schedule.slip(
    "schedule_rising",
    {"1 + np.cos": "1 - np.cos"},
    says="The curve rises: the cosine has the other sign. It is ½ (1 + cos), with a plus.",
)
cosine_schedule.slip(
    "schedule_of_a_whole_wave",
    {"np.pi": "2 * np.pi"},
    says="The angle runs to 2π, so that the rate comes back up at the end. Half a wave is enough: "
    "π · progress.",
)
cosine_schedule.slip(
    "schedule_in_degrees",
    {"np.pi": "180"},
    says="The angle is in degrees. `np.cos` takes radians: half a turn is π, not 180.",
)


@cosine_schedule.instead(
    says="The warm-up is left out: while step < warmup_steps the rate rises along a line, "
    "peak · step / warmup_steps."
)
def schedule_without_warm_up(given: Given) -> Any:
    return given.right(warmup_steps=0)


cosine_schedule.slip(
    "schedule_one_step_ahead",
    {"peak * step": "peak * (step + 1)"},
    says="The warm-up starts one step too high: the very first learning rate is 0. It is "
    "peak · step / warmup_steps, without + 1.",
)
cosine_schedule.slip(
    "schedule_with_a_jump",
    {"(step - warmup_steps) / (total_steps - warmup_steps)": "step / total_steps"},
    says="After the warm-up the cosine goes on as if it had run from step 0, and jumps. Take the "
    "warm-up off: (step − warmup_steps) / (total_steps − warmup_steps).",
)
cosine_schedule.slip(
    "schedule_that_ends_late",
    {"(total_steps - warmup_steps)": "total_steps"},
    says="The steps after the warm-up are divided by the whole length, so that the curve does not "
    "reach 0 in time. Divide by total_steps − warmup_steps.",
)
cosine_schedule.slip(
    "schedule_that_restarts",
    {"step >= total_steps": "False"},
    says="Beyond the last step the cosine rises again. From total_steps on the rate is 0: "
    "ask for that first.",
)


@cosine_schedule.instead(
    says="The result is rounded. Rounding is for showing a number: return it as it is."
)
def schedule_rounded(given: Given) -> Any:
    return round(given.right(), 4)


cosine_schedule.slip(
    "schedule_of_a_quarter_wave",
    {"0.5 * (1 + np.cos(np.pi * progress))": "np.cos(np.pi / 2 * progress)"},
    says="This is a quarter of a wave, cos(π/2 · progress). The schedule is half a wave, lifted: "
    "½ (1 + cos(π · progress)).",
)
cosine_schedule.slip(
    "schedule_of_seven_sixteenths",
    {"0.5 * (1 + np.cos(np.pi * progress))": "max(0.0, np.cos(7 / 16 * np.pi * progress))"},
    says="This is another schedule, cos(7π/16 · progress), as FixMatch has it. Here it is ½ (1 + "
    "cos(π · progress)).",
)
