"""What learners get wrong about gradients and descent."""

from typing import Any

import numpy as np

import solutions.gradient_descent
from autograder.exercises.registry import mistake

solution: Any = solutions.gradient_descent

FEEL = "Lesson 2, “Feel the slope”"
EACH_WEIGHT = "Lesson 2, “One slope for each weight”"
ONE_STEP = "Lesson 2, “One step”"
THE_WALK = "Lesson 2, “The walk”"
FLAT = "Lesson 2, “When is it flat?”"
REGRESSION = "Lesson 2, “All ten at once”"


def _floats(*values: Any) -> list[Any]:
    return [np.asarray(value, dtype=float) for value in values]


# -- numerical_gradient ---------------------------------------------------------------------------


@mistake(
    "numerical_gradient",
    says="The two points lie 2 · step apart, and the rise is divided by one step only: the result "
    "is twice too large. Divide by `2 * step`.",
    read=FEEL,
)
def numerical_gradient_over_one_step(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    return 2 * solution.numerical_gradient(loss, weights, step)


@mistake(
    "numerical_gradient",
    says="The rise is not divided by the distance between the two points. A slope is rise over "
    "distance: divide by `2 * step`.",
    read=FEEL,
)
def numerical_gradient_without_division(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    return 2 * step * solution.numerical_gradient(loss, weights, step)


@mistake(
    "numerical_gradient",
    says="The sign is turned round: it is the loss above minus the loss below.",
    read=FEEL,
)
def numerical_gradient_backwards(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    return -solution.numerical_gradient(loss, weights, step)


@mistake(
    "numerical_gradient",
    says="This looks to one side only, at w + step and w. Central differences compare w + step "
    "with w − step: the error falls from the order of step to that of step².",
    read=FEEL,
)
def numerical_gradient_to_one_side(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    (weights,) = _floats(weights)
    here, gradient = loss(weights.copy()), np.empty_like(weights)
    for index in np.ndindex(weights.shape):
        above = weights.copy()
        above[index] += step
        gradient[index] = (loss(above) - here) / step
    return gradient


@mistake(
    "numerical_gradient",
    says="All weights are moved at once, so that every element gets the sum of all slopes. Move "
    "one weight and hold the others still.",
    read=EACH_WEIGHT,
)
def numerical_gradient_of_all_at_once(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    (weights,) = _floats(weights)
    rise = loss(weights + step) - loss(weights - step)
    return np.full_like(weights, rise / (2 * step))


@mistake(
    "numerical_gradient",
    says="The argument `step` is not used: the points always lie 1e-5 away. Write the name, not "
    "the number.",
    read=FEEL,
)
def numerical_gradient_with_a_fixed_step(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    return solution.numerical_gradient(loss, weights)


@mistake(
    "numerical_gradient",
    says="A weight that was moved stays moved while the next ones are felt. Start each point from "
    "a fresh copy: `weights.copy()`.",
    read=EACH_WEIGHT,
)
def numerical_gradient_that_stays_moved(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    weights = np.array(weights, dtype=float)
    gradient = np.empty_like(weights)
    for index in np.ndindex(weights.shape):
        weights[index] += step
        above = loss(weights.copy())
        weights[index] -= 2 * step
        gradient[index] = (above - loss(weights.copy())) / (2 * step)
    return gradient


@mistake(
    "numerical_gradient",
    says="A name makes no copy: both points are one and the same array, moved up and down again, "
    "so their losses are equal. Start each point from `weights.copy()`.",
    read=EACH_WEIGHT,
)
def numerical_gradient_of_one_array_with_two_names(
    loss: Any, weights: Any, step: Any = 1e-5
) -> Any:
    (weights,) = _floats(weights)
    gradient = np.empty_like(weights)
    for index in np.ndindex(weights.shape):
        above, below = weights, weights
        above[index] += step
        below[index] -= step
        gradient[index] = (loss(above) - loss(below)) / (2 * step)
    return gradient


@mistake(
    "numerical_gradient",
    says="Taking the step away once leads back to the start, not below it: the two points lie one "
    "step apart, and the result is half. Start each point from `weights.copy()`.",
    read=EACH_WEIGHT,
)
def numerical_gradient_that_comes_back_to_the_start(
    loss: Any, weights: Any, step: Any = 1e-5
) -> Any:
    weights = np.array(weights, dtype=float)
    gradient = np.empty_like(weights)
    for index in np.ndindex(weights.shape):
        weights[index] += step
        above = loss(weights.copy())
        weights[index] -= step
        gradient[index] = (above - loss(weights.copy())) / (2 * step)
    return gradient


@mistake(
    "numerical_gradient",
    says="The loss at the weights themselves is asked for, and not needed: two calls for each "
    "weight are enough.",
    read=EACH_WEIGHT,
)
def numerical_gradient_with_a_look_at_the_center(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    (weights,) = _floats(weights)
    loss(weights.copy())
    return solution.numerical_gradient(loss, weights, step)


@mistake(
    "numerical_gradient",
    says="An array of integers rounds the small step away, so that the slope comes out as 0. Make "
    "floats first: `np.array(weights, dtype=float)`.",
    read=EACH_WEIGHT,
)
def numerical_gradient_in_integers(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    weights = np.asarray(weights)
    gradient = np.empty(weights.shape)
    for index in np.ndindex(weights.shape):
        above, below = weights.copy(), weights.copy()
        above[index] = above[index] + step
        below[index] = below[index] - step
        gradient[index] = (loss(above) - loss(below)) / (2 * step)
    return gradient


@mistake(
    "numerical_gradient",
    says="`range(len(weights))` runs over the rows and moves a whole row at once. "
    "`np.ndindex(weights.shape)` runs over all positions of any shape.",
    read=EACH_WEIGHT,
)
def numerical_gradient_of_rows(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    (weights,) = _floats(weights)
    gradient = np.empty_like(weights)
    for i in range(len(weights)):
        above, below = weights.copy(), weights.copy()
        above[i] += step
        below[i] -= step
        gradient[i] = (loss(above) - loss(below)) / (2 * step)
    return gradient


@mistake(
    "numerical_gradient",
    says="Adding the step, taking it away twice and adding it again does not always come back to "
    "the same float: the caller's weights change. Work on a copy, `weights.copy()`.",
    read=EACH_WEIGHT,
)
def numerical_gradient_in_place(loss: Any, weights: Any, step: Any = 1e-5) -> Any:
    (weights,) = _floats(weights)
    gradient = np.empty_like(weights)
    for index in np.ndindex(weights.shape):
        weights[index] += step
        above = loss(weights.copy())
        weights[index] -= 2 * step
        gradient[index] = (above - loss(weights.copy())) / (2 * step)
        weights[index] += step
    return gradient


# -- gradient_step --------------------------------------------------------------------------------


@mistake(
    "gradient_step",
    says="This goes uphill: the gradient points to where the loss grows. Subtract it.",
    read=ONE_STEP,
)
def gradient_step_uphill(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    weights, gradient = _floats(weights, gradient)
    return weights + learning_rate * gradient


@mistake(
    "gradient_step",
    says="The learning rate is left out, so that the step is as long as the gradient. Multiply the "
    "gradient by `learning_rate`.",
    read=ONE_STEP,
)
def gradient_step_of_full_length(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    weights, gradient = _floats(weights, gradient)
    return weights - gradient


@mistake(
    "gradient_step",
    says="This is the step, not the place where it leads. Subtract it from the weights.",
    read=ONE_STEP,
)
def gradient_step_alone(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    return -learning_rate * np.asarray(gradient, dtype=float)


@mistake(
    "gradient_step",
    says="The learning rate multiplies the weights too: brackets are one pair too many. It is "
    "weights − (learning_rate · gradient).",
    read=ONE_STEP,
)
def gradient_step_of_scaled_weights(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    weights, gradient = _floats(weights, gradient)
    return learning_rate * (weights - gradient)


@mistake(
    "gradient_step",
    says="The gradient is shortened to length 1, so that every step has the same length. Gradient "
    "descent takes longer steps where it is steeper: use the gradient as it is.",
    read=ONE_STEP,
)
def gradient_step_of_unit_length(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    weights, gradient = _floats(weights, gradient)
    length = np.linalg.norm(gradient)
    return weights - learning_rate * gradient / (length if length else 1.0)


@mistake(
    "gradient_step",
    says="A list has no arithmetic. Make float arrays of the weights and the gradient first, with "
    "`np.asarray(..., dtype=float)`.",
    read=ONE_STEP,
)
def gradient_step_of_arrays_only(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    return weights - learning_rate * gradient


@mistake(
    "gradient_step",
    says="`weights -= ...` writes into the caller's array. Return `weights - ...`, which is a new "
    "one.",
    read=ONE_STEP,
)
def gradient_step_in_place(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    weights, gradient = _floats(weights, gradient)
    weights -= learning_rate * gradient
    return weights


@mistake(
    "gradient_step",
    says="`gradient *= learning_rate` writes into the caller's gradient. Multiply inside the "
    "expression instead.",
    read=ONE_STEP,
)
def gradient_step_scaling_in_place(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    weights, gradient = _floats(weights, gradient)
    gradient *= learning_rate
    return weights - gradient


@mistake(
    "gradient_step",
    says="Where nothing moves, the caller's own array is handed back. Return a new array in every "
    "case: the expression does it without an `if`.",
    read=ONE_STEP,
)
def gradient_step_with_a_shortcut(weights: Any, gradient: Any, learning_rate: Any) -> Any:
    weights, gradient = _floats(weights, gradient)
    if not np.any(learning_rate * gradient):
        return weights
    return weights - learning_rate * gradient


# -- gradient_descent -----------------------------------------------------------------------------


def _path(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    return solution.gradient_descent(gradient, start, learning_rate, steps)


@mistake(
    "gradient_descent",
    says="Only the last point is returned. Keep all points, the start included: the result has "
    "steps + 1 rows.",
    read=THE_WALK,
)
def descent_without_a_path(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    return _path(gradient, start, learning_rate, steps)[-1]


@mistake(
    "gradient_descent",
    says="The start is missing from the path. It is the first point: path[0] = start.",
    read=THE_WALK,
)
def descent_without_the_start(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    return _path(gradient, start, learning_rate, steps)[1:]


@mistake(
    "gradient_descent",
    says="The path is one step short: `steps` points are `steps` − 1 steps. Make room for "
    "steps + 1 points.",
    read=THE_WALK,
)
def descent_one_step_short(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    return _path(gradient, start, learning_rate, max(steps - 1, 0))


@mistake(
    "gradient_descent",
    says="The path is one step too long: `range(steps)` takes `steps` steps, `range(steps + 1)` "
    "one more.",
    read=THE_WALK,
)
def descent_one_step_long(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    return _path(gradient, start, learning_rate, steps + 1)


@mistake(
    "gradient_descent",
    says="This walks uphill: each step adds the gradient. Subtract it.",
    read=THE_WALK,
)
def descent_uphill(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    return _path(gradient, start, -learning_rate, steps)


@mistake(
    "gradient_descent",
    says="The gradient is asked for once, at the start, and used for every step. The slope changes "
    "on the way: call `gradient` at each new point.",
    read=THE_WALK,
)
def descent_by_the_first_slope(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    (start,) = _floats(start)
    slope = gradient(start.copy()) if steps else 0.0
    return np.array([start - learning_rate * slope * k for k in range(steps + 1)])


@mistake(
    "gradient_descent",
    says="The same array stands in every row of the path: `-=` changes all of them at once. Make a "
    "new array each step, or append a copy.",
    read=THE_WALK,
)
def descent_of_one_array(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    weights = np.array(start, dtype=float)
    path = [weights]
    for _ in range(steps):
        weights -= learning_rate * np.asarray(gradient(weights.copy()))
        path.append(weights)
    return np.array(path)


@mistake(
    "gradient_descent",
    says="The gradient is called twice a step, as if for a look and for the step. It can be "
    "costly: call it once and keep what it returns.",
    read=THE_WALK,
)
def descent_looking_twice(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    def twice(weights: Any) -> Any:
        gradient(weights)
        return gradient(weights)

    return _path(twice, start, learning_rate, steps)


@mistake(
    "gradient_descent",
    says="The gradient is called once more at the last point, where no step follows. Compute it "
    "inside the loop, at its beginning.",
    read=THE_WALK,
)
def descent_with_a_last_look(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    path = _path(gradient, start, learning_rate, steps)
    gradient(path[-1])
    return path


@mistake(
    "gradient_descent",
    says="The path is made for a row of weights: `len(start)` is not the shape. "
    "`np.empty((steps + 1, *start.shape))` has room for any start.",
    read=THE_WALK,
)
def descent_of_rows_only(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    (start,) = _floats(start)
    path = np.empty((steps + 1, len(start)))
    path[:] = _path(gradient, start, learning_rate, steps)
    return path


@mistake(
    "gradient_descent",
    says="`weights -= ...` writes into the caller's start. Begin with a copy, "
    "`np.array(start, dtype=float)`.",
    read=THE_WALK,
)
def descent_that_moves_the_start(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    (start,) = _floats(start)
    path = _path(gradient, start, learning_rate, steps)
    start[...] = path[-1]
    return path


@mistake(
    "gradient_descent",
    says="A step after which the gradient is longer is not taken: this descent cannot diverge. "
    "Take every step as the formula says; a learning rate that is too high must show.",
    read=THE_WALK,
)
def descent_that_stays_put(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    path = [np.array(start, dtype=float)]
    shortest = np.inf
    for _ in range(steps):
        slope = np.asarray(gradient(path[-1].copy()))
        length = float(np.linalg.norm(slope))
        moves = length <= shortest
        shortest = min(shortest, length)
        path.append(path[-1] - learning_rate * slope if moves else path[-1])
    return np.array(path)


@mistake(
    "gradient_descent",
    says="The descent ends as soon as a step is short, and repeats the last point. Here the number "
    "of steps is fixed: take all of them.",
    read=THE_WALK,
)
def descent_that_stops_early(gradient: Any, start: Any, learning_rate: Any, steps: Any) -> Any:
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        slope = learning_rate * np.asarray(gradient(path[-1].copy()))
        path.append(path[-1] - slope if np.linalg.norm(slope) > 1e-6 else path[-1])
    return np.array(path)


# -- descend_until_flat ---------------------------------------------------------------------------


def _walk(
    gradient: Any,
    start: Any,
    learning_rate: Any,
    tolerance: Any = 1e-6,
    max_steps: Any = 10_000,
    *,
    length: Any = np.linalg.norm,
) -> Any:
    """The right descent, with a choice of what counts as the gradient's length."""
    weights = np.array(start, dtype=float)
    for steps_taken in range(max_steps):
        slope = np.asarray(gradient(weights), dtype=float)
        if not np.all(np.isfinite(slope)):
            raise ArithmeticError("the gradient is not finite")
        if length(slope) <= tolerance:
            return weights, steps_taken
        weights = np.asarray(weights - learning_rate * slope)
    return weights, max_steps


@mistake(
    "descend_until_flat",
    says="A gradient exactly as long as the tolerance counts as flat: compare with `<=`, not "
    "with `<`.",
    read=FLAT,
)
def flat_only_below_the_tolerance(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    return _walk(gradient, start, learning_rate, np.nextafter(tolerance, 0), max_steps)


@mistake(
    "descend_until_flat",
    says="The steps are counted from 1. Count the steps taken before this point: 0 at the start.",
    read=FLAT,
)
def flat_counted_from_one(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    weights, steps = _walk(gradient, start, learning_rate, tolerance, max_steps)
    return weights, steps + 1


@mistake(
    "descend_until_flat",
    says="The step is taken before the gradient is judged, so that the walk ends one step beyond "
    "the flat point. Look, judge, and only then step.",
    read=FLAT,
)
def flat_one_step_later(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    weights = np.array(start, dtype=float)
    for steps_taken in range(1, max_steps + 1):
        slope = np.asarray(gradient(weights), dtype=float)
        if not np.all(np.isfinite(slope)):
            raise ArithmeticError("the gradient is not finite")
        weights = np.asarray(weights - learning_rate * slope)
        if np.linalg.norm(slope) <= tolerance:
            return weights, steps_taken
    return weights, max_steps


@mistake(
    "descend_until_flat",
    says="Only the weights are returned. Return both, the weights and the number of steps taken: "
    "`return weights, steps_taken`.",
    read=FLAT,
)
def flat_without_the_count(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    return _walk(gradient, start, learning_rate, tolerance, max_steps)[0]


@mistake(
    "descend_until_flat",
    says="The two results stand in the other order. The weights come first, then the steps taken.",
    read=FLAT,
)
def flat_in_the_other_order(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    weights, steps = _walk(gradient, start, learning_rate, tolerance, max_steps)
    return steps, weights


@mistake(
    "descend_until_flat",
    says="The length of the step is compared with the tolerance. It is the gradient that has to be "
    "short, whatever the learning rate.",
    read=FLAT,
)
def flat_by_the_step(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    return _walk(gradient, start, learning_rate, tolerance / learning_rate, max_steps)


@mistake(
    "descend_until_flat",
    says="The largest element of the gradient is compared with the tolerance. The length runs over "
    "all elements: `np.linalg.norm(gradient)`.",
    read=FLAT,
)
def flat_by_the_largest_element(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    return _walk(
        gradient, start, learning_rate, tolerance, max_steps, length=lambda g: np.abs(g).max()
    )


@mistake(
    "descend_until_flat",
    says="The sizes of the elements are added up. The Euclidean length is the root of the sum of "
    "squares: `np.linalg.norm(gradient)`.",
    read=FLAT,
)
def flat_by_the_sum_of_sizes(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    return _walk(
        gradient, start, learning_rate, tolerance, max_steps, length=lambda g: np.abs(g).sum()
    )


@mistake(
    "descend_until_flat",
    says="The sum of squares is compared without its square root. The length is "
    "sqrt(sum(gradient²)).",
    read=FLAT,
)
def flat_by_the_sum_of_squares(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    return _walk(
        gradient, start, learning_rate, tolerance, max_steps, length=lambda g: np.sum(g * g)
    )


@mistake(
    "descend_until_flat",
    says="The squares are averaged and not summed. The length is sqrt(sum(gradient²)), or "
    "`np.linalg.norm(gradient)`.",
    read=FLAT,
)
def flat_by_the_mean_square(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    return _walk(
        gradient,
        start,
        learning_rate,
        tolerance,
        max_steps,
        length=lambda g: np.sqrt(np.mean(g * g)),
    )


@mistake(
    "descend_until_flat",
    says="A start of integers reaches `gradient` as integers. Make floats of it first: "
    "`np.array(start, dtype=float)`.",
    read=FLAT,
)
def flat_from_integers(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    whole = np.array(start)
    return _walk(
        lambda w: gradient(whole if np.array_equal(w, whole) else w),
        start,
        learning_rate,
        tolerance,
        max_steps,
    )


@mistake(
    "descend_until_flat",
    says="At least one step is always taken, on flat ground too. Judge the gradient at the start "
    "before the first step.",
    read=FLAT,
)
def flat_after_one_step_at_least(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    weights = np.array(start, dtype=float)
    slope = np.asarray(gradient(weights), dtype=float)
    if not np.all(np.isfinite(slope)):
        raise ArithmeticError("the gradient is not finite")
    weights = np.asarray(weights - learning_rate * slope)
    weights, steps = _walk(gradient, weights, learning_rate, tolerance, max_steps - 1)
    return weights, steps + 1


@mistake(
    "descend_until_flat",
    says="`max_steps` is exceeded by one: `range(max_steps + 1)` steps once too often. After "
    "max_steps steps, return where you are.",
    read=FLAT,
)
def flat_with_one_step_too_many(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    return _walk(gradient, start, learning_rate, tolerance, max_steps + 1)


@mistake(
    "descend_until_flat",
    says="A gradient that holds nan or infinity goes unnoticed: nan is never ≤ anything. Check "
    "`np.all(np.isfinite(gradient))` first and raise `ArithmeticError`.",
    read=FLAT,
)
def flat_without_a_check(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    weights = np.array(start, dtype=float)
    for steps_taken in range(max_steps):
        slope = np.asarray(gradient(weights), dtype=float)
        if np.linalg.norm(slope) <= tolerance:
            return weights, steps_taken
        weights = np.asarray(weights - learning_rate * slope)
    return weights, max_steps


@mistake(
    "descend_until_flat",
    says="nan is noticed and infinity is not. `np.isfinite` is False for both; `np.isnan` knows "
    "only the one.",
    read=FLAT,
)
def flat_with_a_check_for_nan_only(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    weights = np.array(start, dtype=float)
    for steps_taken in range(max_steps):
        slope = np.asarray(gradient(weights), dtype=float)
        if np.any(np.isnan(slope)):
            raise ArithmeticError("the gradient holds nan")
        if np.linalg.norm(slope) <= tolerance:
            return weights, steps_taken
        weights = np.asarray(weights - learning_rate * slope)
    return weights, max_steps


@mistake(
    "descend_until_flat",
    says="A ValueError is raised for a gradient that is not finite. It is asked for as an "
    "`ArithmeticError`.",
    read=FLAT,
)
def flat_with_a_value_error(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    try:
        return _walk(gradient, start, learning_rate, tolerance, max_steps)
    except ArithmeticError as error:
        raise ValueError(str(error)) from error


@mistake(
    "descend_until_flat",
    says="`weights -= ...` writes into the caller's start. Begin with a copy, "
    "`np.array(start, dtype=float)`.",
    read=FLAT,
)
def flat_that_moves_the_start(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 10_000
) -> Any:
    (start,) = _floats(start)
    weights, steps = _walk(gradient, start, learning_rate, tolerance, max_steps)
    start[...] = weights
    return start, steps


@mistake(
    "descend_until_flat",
    says="Without an argument the tolerance is 1e-6 here. Keep the defaults of the signature as "
    "they are.",
    read=FLAT,
)
def flat_with_another_tolerance(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-3, max_steps: Any = 10_000
) -> Any:
    return _walk(gradient, start, learning_rate, tolerance, max_steps)


@mistake(
    "descend_until_flat",
    says="Without an argument max_steps is 10_000 here. Keep the defaults of the signature as they "
    "are.",
    read=FLAT,
)
def flat_with_fewer_steps(
    gradient: Any, start: Any, learning_rate: Any, tolerance: Any = 1e-6, max_steps: Any = 1_000
) -> Any:
    return _walk(gradient, start, learning_rate, tolerance, max_steps)


# -- linear_regression_gradient -------------------------------------------------------------------


@mistake(
    "linear_regression_gradient",
    says="This is half of the gradient. The derivative of the square brings a factor 2 down: "
    "2 / n, not 1 / n.",
    read=REGRESSION,
)
def regression_slope_without_two(weights: Any, features: Any, targets: Any) -> Any:
    return solution.linear_regression_gradient(weights, features, targets) / 2


@mistake(
    "linear_regression_gradient",
    says="This is the gradient of the sum of squares, not of their mean. Divide by the number of "
    "rows, n.",
    read=REGRESSION,
)
def regression_slope_of_the_sum(weights: Any, features: Any, targets: Any) -> Any:
    return solution.linear_regression_gradient(weights, features, targets) * len(targets)


@mistake(
    "linear_regression_gradient",
    says="The factor 2 / n is missing altogether: the 2 comes from the square, the n from the mean "
    "over the rows.",
    read=REGRESSION,
)
def regression_slope_without_a_factor(weights: Any, features: Any, targets: Any) -> Any:
    return solution.linear_regression_gradient(weights, features, targets) * len(targets) / 2


@mistake(
    "linear_regression_gradient",
    says="The sign is turned round: errors are predictions minus targets, "
    "`features @ weights - targets`.",
    read=REGRESSION,
)
def regression_slope_backwards(weights: Any, features: Any, targets: Any) -> Any:
    return -solution.linear_regression_gradient(weights, features, targets)


@mistake(
    "linear_regression_gradient",
    says="The sum is divided by the number of weights. The mean runs over the n rows: divide by "
    "`len(targets)`.",
    read=REGRESSION,
)
def regression_slope_by_weights(weights: Any, features: Any, targets: Any) -> Any:
    gradient = solution.linear_regression_gradient(weights, features, targets)
    return gradient * len(targets) / len(weights)


@mistake(
    "linear_regression_gradient",
    says="The targets are left out: this is the slope for targets of 0. The errors are "
    "`features @ weights - targets`.",
    read=REGRESSION,
)
def regression_slope_without_targets(weights: Any, features: Any, targets: Any) -> Any:
    return solution.linear_regression_gradient(weights, features, np.zeros(len(targets)))


@mistake(
    "linear_regression_gradient",
    says="The features are not transposed. Each weight collects the errors of all rows, weighted "
    "by its own column: `features.T @ errors`.",
    read=REGRESSION,
)
def regression_slope_without_transposing(weights: Any, features: Any, targets: Any) -> Any:
    weights, features, targets = _floats(weights, features, targets)
    return 2 / len(targets) * (features @ (features @ weights - targets))


@mistake(
    "linear_regression_gradient",
    says="Lists know neither `.T` nor minus. Make float arrays of all three arguments first, with "
    "`np.asarray(..., dtype=float)`.",
    read=REGRESSION,
)
def regression_slope_of_arrays_only(weights: Any, features: Any, targets: Any) -> Any:
    return 2 / len(targets) * features.T @ (features @ weights - targets)


@mistake(
    "linear_regression_gradient",
    says="The errors are written into the caller's targets. Make a new array: "
    "`errors = features @ weights - targets`.",
    read=REGRESSION,
)
def regression_slope_in_place(weights: Any, features: Any, targets: Any) -> Any:
    weights, features, targets = _floats(weights, features, targets)
    targets -= features @ weights
    return -2 / len(targets) * features.T @ targets
