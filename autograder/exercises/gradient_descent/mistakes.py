"""What learners get wrong about gradients and descent."""

from typing import Any

import numpy as np

from autograder.checking.mistake import Given, Mistakes
from solutions import gradient_descent as solution

FEEL = "Lesson 2, “Estimate the slope”"
EACH_WEIGHT = "Lesson 2, “One slope for each weight”"
ONE_STEP = "Lesson 2, “One step”"
THE_WALK = "Lesson 2, “The walk”"
FLAT = "Lesson 2, “When is it flat?”"
REGRESSION = "Lesson 2, “All ten at once”"


numerical_gradient = Mistakes(solution.numerical_gradient, read=EACH_WEIGHT)
numerical_gradient.slip(
    "numerical_gradient_over_one_step",
    {"(above[index] - below[index])": "step"},
    says="The two points are 2 · step apart, and the rise is divided by only one step: the result "
    "is twice as large as it should be. Divide by `2 * step`.",
    read=FEEL,
)
numerical_gradient.slip(
    "numerical_gradient_without_division",
    {" / (above[index] - below[index])": ""},
    says="The rise is not divided by the distance between the two points. A slope is rise over "
    "distance: divide by `2 * step`.",
    read=FEEL,
)
numerical_gradient.slip(
    "numerical_gradient_backwards",
    {"= rise": "= -rise"},
    says="The sign is flipped: it is the loss above minus the loss below.",
    read=FEEL,
)
numerical_gradient.slip(
    "numerical_gradient_to_one_side",
    {
        "loss(above) - loss(below)": "loss(above) - loss(weights.copy())",
        "(above[index] - below[index])": "step",
    },
    says="This looks only to one side, at w + step and w. Central differences compare w + step "
    "with w − step: the error falls from the order of step to that of step².",
    read=FEEL,
)


@numerical_gradient.instead(
    says="All weights are moved at once, so that every element gets the sum of all slopes. Move "
    "one weight and hold the others still."
)
def numerical_gradient_of_all_at_once(given: Given) -> Any:
    weights = np.asarray(given.weights, dtype=float)
    rise = given.loss(weights + given.step) - given.loss(weights - given.step)
    return np.full_like(weights, rise / (2 * given.step))


numerical_gradient.slip(
    "numerical_gradient_with_a_fixed_step",
    {"+= step": "+= 1e-5", "-= step": "-= 1e-5"},
    says="The argument `step` is not used: the points are always 1e-5 away. Write the name, not "
    "the number.",
    read=FEEL,
)


def slope_by_moving(given: Given, weights: Any, *, down: float, up: float = 0.0) -> Any:
    """The gradient felt by moving the weights themselves: a step up, some down, some up again."""
    gradient = np.empty_like(weights)
    for index in np.ndindex(weights.shape):
        weights[index] += given.step
        above = given.loss(weights.copy())
        weights[index] -= down * given.step
        gradient[index] = (above - given.loss(weights.copy())) / (2 * given.step)
        weights[index] += up * given.step
    return gradient


@numerical_gradient.instead(
    says="A weight that was moved stays moved while the next ones are felt. Start each point from "
    "a fresh copy: `weights.copy()`."
)
def numerical_gradient_that_stays_moved(given: Given) -> Any:
    return slope_by_moving(given, np.array(given.weights, dtype=float), down=2)


numerical_gradient.slip(
    "numerical_gradient_of_one_array_with_two_names",
    {
        "weights.copy(), weights.copy()": "weights, weights",
        "(above[index] - below[index])": "(2 * step)",
    },
    says="A name makes no copy: both points are one and the same array, moved up and down again, "
    "so their losses are equal. Start each point from `weights.copy()`.",
)


@numerical_gradient.instead(
    says="Taking the step away once leads back to the start, not below it: the two points are one "
    "step apart, and the result is half. Start each point from `weights.copy()`."
)
def numerical_gradient_that_comes_back_to_the_start(given: Given) -> Any:
    return slope_by_moving(given, np.array(given.weights, dtype=float), down=1)


numerical_gradient.slip(
    "numerical_gradient_with_a_look_at_the_center",
    {"gradient =": "loss(weights.copy())\n    gradient ="},
    says="The loss at the weights themselves is computed, and not needed: two calls for each "
    "weight are enough.",
)
numerical_gradient.slip(
    "numerical_gradient_in_integers",
    {
        "np.asarray(weights, dtype=float)": "np.asarray(weights)",
        "np.empty_like(weights)": "np.empty(weights.shape)",
        "(above[index] - below[index])": "(2 * step)",
    },
    says="An array of integers rounds the small step away, so that the slope comes out as 0. Make "
    "floats first: `np.array(weights, dtype=float)`.",
)
numerical_gradient.slip(
    "numerical_gradient_of_rows",
    {
        "np.ndindex(weights.shape)": "range(len(weights))",
        "(above[index] - below[index])": "(2 * step)",
    },
    says="`range(len(weights))` runs over the rows and moves a whole row at once. "
    "`np.ndindex(weights.shape)` runs over all positions of any shape.",
)


@numerical_gradient.instead(
    says="Adding the step, taking it away twice and adding it again does not always come back to "
    "the same float: the caller's weights change. Work on a copy, `weights.copy()`."
)
def numerical_gradient_in_place(given: Given) -> Any:
    return slope_by_moving(given, np.asarray(given.weights, dtype=float), down=2, up=1)


numerical_gradient.slip(
    "numerical_gradient_without_brackets",
    {"(above[index] - below[index])": "2 * step"},
    says="Brackets are missing: `/ 2 * step` divides by 2 and multiplies by step. Write `/ (2 * "
    "step)`.",
)
numerical_gradient.slip(
    "numerical_gradient_by_the_square",
    {"rise / (above[index] - below[index])": "rise / step**2"},
    says="The difference of the losses is divided by step², as for a second derivative. The two "
    "points are 2 · step apart: divide by that.",
)

gradient_step = Mistakes(solution.gradient_step, read=ONE_STEP)
gradient_step.slip(
    "gradient_step_uphill",
    {"return weights -": "return weights +"},
    says="This goes uphill: the gradient points to where the loss grows. Subtract it.",
)
gradient_step.slip(
    "gradient_step_of_full_length",
    {"learning_rate * ": ""},
    says="The learning rate is left out, so that the step is as long as the gradient. Multiply the "
    "gradient by `learning_rate`.",
)
gradient_step.slip(
    "gradient_step_alone",
    {"return weights - ": "return -"},
    says="This is the step, not the place where it leads. Subtract it from the weights.",
)
gradient_step.slip(
    "gradient_step_of_scaled_weights",
    {"weights - learning_rate * gradient": "learning_rate * (weights - gradient)"},
    says="The learning rate multiplies the weights too: there is one pair of brackets too many. It "
    "is weights − (learning_rate · gradient).",
)
gradient_step.slip(
    "gradient_step_of_unit_length",
    {"* gradient": "* gradient / (np.linalg.norm(gradient) or 1.0)"},
    says="The gradient is shortened to length 1, so that every step has the same length. Gradient "
    "descent takes longer steps where it is steeper: use the gradient as it is.",
)
gradient_step.slip(
    "gradient_step_of_arrays_only",
    {
        "np.asarray(weights, dtype=float)": "weights",
        "np.asarray(gradient, dtype=float)": "gradient",
    },
    says="Lists don't do arithmetic. Make float arrays of the weights and the gradient first, with "
    "`np.asarray(..., dtype=float)`.",
)
gradient_step.slip(
    "gradient_step_in_place",
    {
        "return": "weights -= learning_rate * gradient\n    return",
        " - learning_rate * gradient": "",
    },
    says="`weights -= ...` writes into the caller's array. Return `weights - ...`, which is a new "
    "one.",
)
gradient_step.slip(
    "gradient_step_scaling_in_place",
    {"return": "gradient *= learning_rate\n    return", "- learning_rate * gradient": "- gradient"},
    says="`gradient *= learning_rate` writes into the caller's gradient. Multiply inside the "
    "expression instead.",
)
gradient_step.slip(
    "gradient_step_with_a_shortcut",
    {"return": "if not np.any(learning_rate * gradient):\n        return weights\n    return"},
    says="Where nothing moves, the caller's own array is handed back. Return a new array in every "
    "case: the expression does it without an `if`.",
)

gradient_descent = Mistakes(solution.gradient_descent, read=THE_WALK)
gradient_descent.slip(
    "descent_without_a_path",
    {"return path": "return path[-1]"},
    says="Only the last point is returned. Keep all points, the start included: the result has "
    "steps + 1 rows.",
)
gradient_descent.slip(
    "descent_without_the_start",
    {"return path": "return path[1:]"},
    says="The start is missing from the path. It is the first point: path[0] = start.",
)
gradient_descent.slip(
    "descent_one_step_short",
    {"steps + 1": "max(steps, 1)", "range(steps)": "range(steps - 1)"},
    says="The path is one step short: `steps` points are `steps` − 1 steps. Make room for "
    "steps + 1 points.",
)
gradient_descent.slip(
    "descent_one_step_long",
    {"steps + 1": "steps + 2", "range(steps)": "range(steps + 1)"},
    says="The path is one step too long: `range(steps)` takes `steps` steps, `range(steps + 1)` "
    "one more.",
)
gradient_descent.slip(
    "descent_uphill",
    {"gradient(here), learning_rate": "gradient(here), -learning_rate"},
    says="This walks uphill: each step adds the gradient. Subtract it.",
)
gradient_descent.slip(
    "descent_by_the_first_slope",
    {
        "for k": "slope = gradient(start.copy()) if steps else 0.0\n    for k",
        "gradient(here)": "slope",
    },
    says="The gradient is asked for once, at the start, and used for every step. The slope changes "
    "on the way: call `gradient` at each new point.",
)


@gradient_descent.instead(
    says="The same array is in every row of the path: `-=` changes all of them at once. Make a "
    "new array each step, or append a copy."
)
def descent_of_one_array(given: Given) -> Any:
    weights = np.array(given.start, dtype=float)
    path = [weights]
    for _ in range(given.steps):
        weights -= given.learning_rate * np.asarray(given.gradient(weights.copy()))
        path.append(weights)
    return np.array(path)


gradient_descent.slip(
    "descent_looking_twice",
    {"path[k + 1] =": "gradient(here)\n        path[k + 1] ="},
    says="The gradient is called twice a step, as if for a look and for the step. It can be "
    "costly: call it once and keep what it returns.",
)
gradient_descent.slip(
    "descent_with_a_last_look",
    {"return path": "gradient(path[-1])\n    return path"},
    says="The gradient is called once more at the last point, where no step follows. Compute it "
    "inside the loop, at its beginning.",
)


@gradient_descent.instead(
    says="The path is made for a row of weights: `len(start)` is not the shape. "
    "`np.empty((steps + 1, *start.shape))` has room for any start."
)
def descent_of_rows_only(given: Given) -> Any:
    path = np.empty((given.steps + 1, len(given.start)))
    path[:] = given.right()
    return path


gradient_descent.slip(
    "descent_that_moves_the_start",
    {"return path": "start[...] = path[-1]\n    return path"},
    says="`weights -= ...` writes into the caller's start. Begin with a copy, "
    "`np.array(start, dtype=float)`.",
)


@gradient_descent.instead(
    says="A step after which the gradient is longer is not taken: this descent cannot diverge. "
    "Take every step as the formula says; a learning rate that is too high must show."
)
def descent_that_stays_put(given: Given) -> Any:
    path, shortest = [np.array(given.start, dtype=float)], np.inf
    for _ in range(given.steps):
        slope = np.asarray(given.gradient(path[-1].copy()))
        length = float(np.linalg.norm(slope))
        path.append(path[-1] - given.learning_rate * slope * (length <= shortest))
        shortest = min(shortest, length)
    return np.array(path)


@gradient_descent.instead(
    says="The descent ends as soon as a step is short, and repeats the last point. Here the number "
    "of steps is fixed: take all of them."
)
def descent_that_stops_early(given: Given) -> Any:
    path = [np.array(given.start, dtype=float)]
    for _ in range(given.steps):
        move = given.learning_rate * np.asarray(given.gradient(path[-1].copy()))
        path.append(path[-1] - move if np.linalg.norm(move) > 1e-6 else path[-1])
    return np.array(path)


descend_until_flat = Mistakes(solution.descend_until_flat, read=FLAT)
descend_until_flat.slip(
    "flat_only_below_the_tolerance",
    {"<= tolerance": "< tolerance"},
    says="A gradient exactly as long as the tolerance counts as flat: compare with `<=`, not "
    "with `<`.",
)


@descend_until_flat.instead(
    says="The steps are counted from 1. Count the steps taken before this point: 0 at the start."
)
def flat_counted_from_one(given: Given) -> Any:
    weights, steps = given.right()
    return weights, steps + 1


descend_until_flat.slip(
    "flat_one_step_later",
    {"weights, steps_taken": "gradient_step(weights, slope, learning_rate), steps_taken + 1"},
    says="The step is taken before the gradient is judged, so that the walk ends one step beyond "
    "the flat point. Look, judge, and only then step.",
)


@descend_until_flat.instead(
    says="Only the weights are returned. Return both, the weights and the number of steps taken: "
    "`return weights, steps_taken`."
)
def flat_without_the_count(given: Given) -> Any:
    return given.right()[0]


@descend_until_flat.instead(
    says="The two results are in the other order. The weights come first, then the steps taken."
)
def flat_in_the_other_order(given: Given) -> Any:
    weights, steps = given.right()
    return steps, weights


@descend_until_flat.instead(
    says="The length of the step is compared with the tolerance. It is the gradient that has to be "
    "short, whatever the learning rate."
)
def flat_by_the_step(given: Given) -> Any:
    return given.right(tolerance=given.tolerance / given.learning_rate)


descend_until_flat.slip(
    "flat_by_the_largest_element",
    {"np.linalg.norm(slope)": "np.abs(slope).max()"},
    says="The largest element of the gradient is compared with the tolerance. The length runs over "
    "all elements: `np.linalg.norm(gradient)`.",
)
descend_until_flat.slip(
    "flat_by_the_sum_of_sizes",
    {"np.linalg.norm(slope)": "np.abs(slope).sum()"},
    says="The sizes of the elements are added up. The Euclidean length is the root of the sum of "
    "squares: `np.linalg.norm(gradient)`.",
)
descend_until_flat.slip(
    "flat_by_the_sum_of_squares",
    {"np.linalg.norm(slope)": "np.sum(slope**2)"},
    says="The sum of squares is compared without its square root. The length is "
    "sqrt(sum(gradient²)).",
)
descend_until_flat.slip(
    "flat_by_the_mean_square",
    {"np.linalg.norm(slope)": "np.sqrt(np.mean(slope**2))"},
    says="The squares are averaged and not summed. The length is sqrt(sum(gradient²)), or "
    "`np.linalg.norm(gradient)`.",
)
descend_until_flat.slip(
    "flat_from_integers",
    {"np.array(start, dtype=float)": "np.array(start)"},
    says="A start of integers reaches `gradient` as integers. Make floats of it first: "
    "`np.array(start, dtype=float)`.",
)
descend_until_flat.slip(
    "flat_after_one_step_at_least",
    {"<= tolerance": "<= tolerance and steps_taken"},
    says="At least one step is always taken, on flat ground too. Judge the gradient at the start "
    "before the first step.",
)


@descend_until_flat.instead(
    says="`max_steps` is exceeded by one: `range(max_steps + 1)` steps once too often. After "
    "max_steps steps, return where you are."
)
def flat_with_one_step_too_many(given: Given) -> Any:
    return given.right(max_steps=given.max_steps + 1)


descend_until_flat.slip(
    "flat_without_a_check",
    {"not np.all(np.isfinite(slope))": "False"},
    says="A gradient that holds nan or infinity goes unnoticed: nan is never ≤ anything. Check "
    "`np.all(np.isfinite(gradient))` first and raise `ArithmeticError`.",
)
descend_until_flat.slip(
    "flat_with_a_check_for_nan_only",
    {"not np.all(np.isfinite(slope))": "np.any(np.isnan(slope))"},
    says="nan is noticed and infinity is not. `np.isfinite` is False for both; `np.isnan` knows "
    "only the one.",
)
descend_until_flat.slip(
    "flat_with_a_value_error",
    {"ArithmeticError": "ValueError", " after {steps_taken} steps: {slope}": ""},
    says="A ValueError is raised for a gradient that is not finite. It should be an "
    "`ArithmeticError`.",
)


@descend_until_flat.instead(
    says="`weights -= ...` writes into the caller's start. Begin with a copy, "
    "`np.array(start, dtype=float)`."
)
def flat_that_moves_the_start(given: Given) -> Any:
    start = np.asarray(given.start, dtype=float)
    start[...], steps = given.right(start=start)
    return start, steps


descend_until_flat.slip(
    "flat_with_another_tolerance",
    {"tolerance=1e-6": "tolerance=1e-3"},
    says="Without an argument the tolerance is 1e-6 here. Keep the defaults of the signature as "
    "they are.",
)
descend_until_flat.slip(
    "flat_with_fewer_steps",
    {"max_steps=10_000": "max_steps=1_000"},
    says="Without an argument max_steps is 10_000 here. Keep the defaults of the signature as they "
    "are.",
)

linear_regression_gradient = Mistakes(solution.linear_regression_gradient, read=REGRESSION)
linear_regression_gradient.slip(
    "regression_slope_without_two",
    {"2 / len": "1 / len"},
    says="This is half of the gradient. The derivative of the square brings a factor 2 down: "
    "2 / n, not 1 / n.",
)
linear_regression_gradient.slip(
    "regression_slope_of_the_sum",
    {"2 / len(targets)": "2"},
    says="This is the gradient of the sum of squares, not of their mean. Divide by the number of "
    "rows, n.",
)
linear_regression_gradient.slip(
    "regression_slope_without_a_factor",
    {"2 / len(targets) * ": ""},
    says="The factor 2 / n is missing altogether: the 2 comes from the square, the n from the mean "
    "over the rows.",
)
linear_regression_gradient.slip(
    "regression_slope_backwards",
    {"features @ weights - targets": "targets - features @ weights"},
    says="The sign is flipped: errors are predictions minus targets, "
    "`features @ weights - targets`.",
)
linear_regression_gradient.slip(
    "regression_slope_by_weights",
    {"len(targets)": "len(weights)"},
    says="The sum is divided by the number of weights. The mean runs over the n rows: divide by "
    "`len(targets)`.",
)
linear_regression_gradient.slip(
    "regression_slope_without_targets",
    {" - targets": ""},
    says="The targets are left out: this is the slope for targets of 0. The errors are "
    "`features @ weights - targets`.",
)
linear_regression_gradient.slip(
    "regression_slope_without_transposing",
    {"features.T": "features"},
    says="The features are not transposed. Each weight collects the errors of all rows, weighted "
    "by its own column: `features.T @ errors`.",
)


@linear_regression_gradient.instead(
    says="Lists know neither `.T` nor minus. Make float arrays of all three arguments first, with "
    "`np.asarray(..., dtype=float)`."
)
def regression_slope_of_arrays_only(given: Given) -> Any:
    errors_of = given.features.T
    return 2 / len(given.targets) * errors_of @ (given.features @ given.weights - given.targets)


linear_regression_gradient.slip(
    "regression_slope_in_place",
    {
        "errors =": "targets -= features @ weights\n    errors =",
        "features @ weights - targets": "-targets",
    },
    says="The errors are written into the caller's targets. Make a new array: "
    "`errors = features @ weights - targets`.",
)
linear_regression_gradient.slip(
    "regression_slope_of_the_mean_error",
    {"(features.T @ errors)": "errors.sum() * np.ones_like(weights)"},
    says="This is 2 times the mean error, the same for each weight: the features do not come in "
    "after the errors. Each weight gets its own column's sum: features.T @ errors.",
)
linear_regression_gradient.slip(
    "regression_slope_by_all_elements",
    {"len(targets)": "features.size"},
    says="It is divided by features.size, the number of all elements. The mean runs over the "
    "examples: len(targets).",
)
linear_regression_gradient.slip(
    "regression_slope_of_mean_features",
    {"(features.T @ errors)": "(features.sum(axis=0) * np.mean(errors))"},
    says="Errors and features are averaged apart. Each error belongs to the features of its own "
    "row: features.T @ errors.",
)
linear_regression_gradient.slip(
    "regression_slope_of_each_example",
    {"(features.T @ errors)": "(features.sum(axis=1) * errors)"},
    says="One number for each example comes out: its error times the sum of its features. There "
    "should be one for each weight: features.T @ errors.",
)
linear_regression_gradient.slip(
    "regression_slope_in_a_table",
    {"(features.T @ errors)": "(features * errors[:, np.newaxis])"},
    says="There is still a row for each example: add the rows up, or write features.T @ errors.",
)
