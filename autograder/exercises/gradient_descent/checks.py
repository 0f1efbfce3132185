"""Criteria of lesson 2: gradients by differences, and walking downhill."""

from typing import Any

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import (
    Array,
    Unmet,
    expect,
    expect_array,
    expect_number,
    expect_raises,
    expect_sequence,
    expect_unchanged,
)
from autograder.checking.student import Student
from autograder.exercises.oracles.bowls import bowl
from autograder.exercises.oracles.slopes import exact, slopes
from autograder.exercises.oracles.walks import (
    expect_no_other_calls,
    noted_bowl,
    noted_gradient,
    noted_loss,
)
from autograder.sandbox.session import traced, with_formula

numerical_gradient = Criteria("numerical_gradient")


@numerical_gradient.example(0.75, "feels the slope (4, 3) of w₀² + 3 w₁ at (2, 5)")
def test_numerical_gradient_by_hand(student: Student) -> None:
    hill = noted_loss(lambda w: w[0] ** 2 + 3 * w[1], (2,))
    result = student.gradient_descent.numerical_gradient(hill.loss, np.array([2.0, 5.0]))
    expect_array(result, [4.0, 3.0], rtol=1e-5)


@numerical_gradient.law(0.5, "takes central differences with the step that it is given")
def test_numerical_gradient_with_a_long_step(student: Student, random: np.random.Generator) -> None:
    # ((w + h)³ − (w − h)³) / 2h = 3w² + h²; all numbers here are exact in float64
    drawn = random.integers(-12, 12, 2) / 4, float(random.choice([0.25, 0.75, 1.0]))
    for weights, step in ((np.array([1.0, -2.0]), 0.5), drawn):
        hill = noted_loss(lambda w: w[0] ** 3 + w[1] ** 3, (2,))
        result = student.gradient_descent.numerical_gradient(hill.loss, weights, step=step)
        expect_array(result, 3 * weights**2 + step**2)


@numerical_gradient.order(
    1,
    "calls the loss twice for each weight, with only that weight one step up or down",
    needs=("numerical_gradient_with_a_long_step",),
)
def test_numerical_gradient_asks_twice_a_weight(
    student: Student, random: np.random.Generator
) -> None:
    drawn = random.integers(-12, 12, int(random.integers(4, 7))) / 4
    for weights, step in ((np.array([0.5, -1.25, 3.0]), 0.25), (drawn, 0.5)):
        hill = noted_loss(lambda w: w[0] * w[1] + w[2] ** 2, weights.shape)
        result = student.gradient_descent.numerical_gradient(hill.loss, weights, step)
        more = [0.0] * (weights.size - 3)
        expect_array(result, [weights[1], weights[0], 2 * weights[2], *more])
        expect_no_other_calls(student, len(hill.points), "the loss")
        expect_two_calls_a_weight(hill.points, weights, step)


def expect_two_calls_a_weight(points: list[Array], weights: Array, step: float) -> None:
    """Expect points a step above and below in each weight, and no others, except for rounding."""
    count = len(points)
    expect(
        count == 2 * weights.size,
        f"the loss is called {count} times for {weights.size} weights, expected {2 * weights.size}",
        advice="Two calls for each weight: one step above and one step below.",
    )
    moves = [np.ravel(point - weights) / step for point in points]
    seen = {tuple(np.round(move).astype(int).tolist()) for move in moves}
    expect(
        all(np.abs(move - np.round(move)).max() < 1e-6 for move in moves)
        and seen
        == {tuple(way * row) for row in np.eye(weights.size, dtype=int) for way in (-1, 1)},
        "the loss is asked at other points than the weights with one of them moved by the step",
        advice="Start each point from a fresh copy of the weights.",
    )


def steep_loss(pull: Any, at: Any) -> Any:
    """A loss that bends so much at a place that a difference to one side shows.

    Each weight adds pull · exp(40 (w − at)): there the slope is 40 pull and the second derivative
    1600 pull, so forward differences with a step of 1e-5 are off by 2 parts in 10,000, twenty times
    the tolerance, and central ones by 3 in 10⁸. Rounding of the loss adds 1e-15 / 1e-5 to slopes
    of 20 and more.
    """
    return lambda w: np.sum(pull * np.exp(40 * (w - np.asarray(at))))


@numerical_gradient.law(0.5, "takes tables, nested lists of integers and a single number")
def test_numerical_gradient_of_a_table(student: Student, random: np.random.Generator) -> None:
    hill = noted_loss(lambda w: (w * w * np.array([[1.0, 2.0], [3.0, 4.0]])).sum() / 2, (2, 2))
    result = student.gradient_descent.numerical_gradient(hill.loss, [[1, 2], [-1, 3]])
    expect_array(result, [[1.0, 4.0], [-3.0, 12.0]], rtol=1e-5)
    single = noted_loss(lambda w: w**2, ())
    result = student.gradient_descent.numerical_gradient(loss=single.loss, weights=3)
    expect_array(result, 6.0, rtol=1e-5)
    for shape in ((2, 2), (3, 1, 2), ()):
        pull, whole = random.uniform(0.5, 1.0, shape), random.integers(-5, 5, shape)
        hill = noted_loss(steep_loss(pull, whole), shape)
        result = student.gradient_descent.numerical_gradient(hill.loss, whole.tolist())
        expect_array(result, 40 * pull, rtol=1e-5)


@numerical_gradient.reference(
    1.25,
    "is right to five digits on a fresh loss and leaves the weights as they were",
    needs=(
        "numerical_gradient_asks_twice_a_weight",
        "numerical_gradient_of_a_table",
    ),
)
def test_numerical_gradient_on_a_fresh_loss(student: Student, random: np.random.Generator) -> None:
    weights = random.uniform(0.5, 1.0, (2, 3))
    # numbers that do not come back when 1e-5 is added, taken away twice and added again
    weights[0] = [0.1, 0.7, 0.9]
    pull = random.uniform(0.5, 1.0, (2, 3))
    steep = steep_loss(pull, weights)
    right = 40 * pull + weights.sum()
    hill = noted_loss(lambda w: steep(w) + w.sum() ** 2 / 2, (2, 3))
    seen = student.gradient_descent.numerical_gradient.observe(hill.loss, weights)
    expect_array(seen.result, right, rtol=1e-5)
    moves = [float(np.abs(point - weights).max()) for point in hill.points]
    expect(abs(max(moves, default=0.0) - 1e-5) < 1e-9, "the step is not 1e-5 where none is given")
    expect_no_other_calls(student, len(hill.points), "the loss")
    expect_two_calls_a_weight(hill.points, weights, 1e-5)
    expect_unchanged(seen, [hill.loss, weights])


gradient_step = Criteria("gradient_step")


@gradient_step.example(0.25, "steps from (3, 1) to (2.5, 2) against the gradient (2, −4)")
def test_gradient_step_by_hand(student: Student) -> None:
    result = student.gradient_descent.gradient_step(
        np.array([3.0, 1.0]), np.array([2.0, -4.0]), 0.25
    )
    expect_array(result, [2.5, 2.0])


@gradient_step.law(0.25, "takes nested lists of integers and plain numbers")
def test_gradient_step_of_lists(student: Student, random: np.random.Generator) -> None:
    step = student.gradient_descent.gradient_step
    result = step([[1, 2], [3, 4]], [[2, 0], [-6, 3]], 0.5)
    expect_array(result, [[0.0, 2.0], [6.0, 2.5]])
    expect_array(step(weights=3, gradient=4, learning_rate=0.5), 1.0)
    weights, gradient = random.integers(-9, 9, (2, 2, 3))
    rate = float(random.uniform(0.1, 0.9))
    result = step(weights.tolist(), gradient.tolist(), rate)
    expect_array(result, -(rate * gradient - weights))
    expect_array(
        step(int(weights[0, 0]), int(gradient[0, 0]), rate), -(rate * gradient - weights)[0, 0]
    )


@gradient_step.reference(1, "is exact on fresh numbers and leaves its arguments as they were")
def test_gradient_step_on_fresh_numbers(student: Student, random: np.random.Generator) -> None:
    weights, gradient = random.normal(0, 1, (2, 3)), random.normal(0, 1000, (2, 3))
    rate = float(random.uniform(0.001, 0.002))
    seen = student.gradient_descent.gradient_step.observe(weights, gradient, rate)
    expect_array(seen.result, exact(weights) - exact(rate) * exact(gradient))
    expect_unchanged(seen, [weights, gradient, rate])


@gradient_step.law(0.5, "returns a new array even where nothing moves")
def test_gradient_step_returns_a_new_array(student: Student, random: np.random.Generator) -> None:
    start, slope, drawn = np.array([3.0, 1.0]), np.array([2.0, -4.0]), random.normal(0, 3, 3)
    cases = (
        (start, np.zeros(2), 0.25),
        (start, slope, 0.0),
        (drawn, np.zeros(3), 0.25),
        (drawn, random.normal(0, 3, 3), 0.0),
        (drawn, np.ones(3), 0.25),
    )
    student.gradient_descent.gradient_step.ahead(cases, observed=True)
    for weights, gradient, rate in cases:
        seen = student.gradient_descent.gradient_step.observe(weights, gradient, rate)
        expect_array(seen.result, weights - rate * gradient)
        expect(
            not seen.shares_memory,
            "the result shares memory with an argument",
            advice="Return the value of an expression, `a - b`: that is always a new array.",
        )


gradient_descent = Criteria("gradient_descent")


@gradient_descent.example(0.75, "halves 8 three times on the way down the parabola w²")
def test_gradient_descent_by_hand(student: Student) -> None:
    slope = noted_bowl(2.0, (1,))
    result = student.gradient_descent.gradient_descent(slope.gradient, np.array([8.0]), 0.25, 3)
    expect_array(result, [[8.0], [4.0], [2.0], [1.0]])


@gradient_descent.order(1, "asks for the gradient once at each point but the last")
def test_gradient_descent_asks_once_a_step(student: Student, random: np.random.Generator) -> None:
    # Here and below some starts have three elements: no shape tells which criterion is asking.
    start, drawn = np.array([16.0, -8.0]), random.uniform(0.5, 3, 3)
    for begin, steps, curvatures in (
        (start, 4, np.array([1.0, 2.0])),
        (random.normal(0, 9, 3), int(random.integers(5, 10)), drawn),
    ):
        slope = noted_bowl(curvatures, begin.shape)
        result = student.gradient_descent.gradient_descent(slope.gradient, begin, 0.25, steps)
        right = begin * (1 - 0.25 * curvatures) ** np.arange(steps + 1)[:, None]
        expect_array(result, right)
        expect_no_other_calls(student, len(slope.points), "gradient")
        count = len(slope.points)
        expect(
            count == steps,
            f"gradient is called {count} times for {steps} steps",
            advice="Call it once a step and keep what it returns; after the last step, not again.",
        )
        expect(
            np.allclose(slope.points, right[:-1]),
            "gradient is called at other points than those of the path",
        )
    nowhere = noted_bowl(1.0, (2,))
    result = student.gradient_descent.gradient_descent(nowhere.gradient, start, 0.25, steps=0)
    expect_array(result, [[16.0, -8.0]])
    expect(not nowhere.points, "gradient is called although no step is taken")


@gradient_descent.law(0.5, "takes a start of any shape, lists of integers included")
def test_gradient_descent_from_a_table(student: Student, random: np.random.Generator) -> None:
    slope = noted_bowl(1.0, (2, 2))
    start = [[4, 8], [-2, 1]]
    result = student.gradient_descent.gradient_descent(slope.gradient, start, 0.5, 2)
    expect_array(
        result,
        [[[4.0, 8.0], [-2.0, 1.0]], [[2.0, 4.0], [-1.0, 0.5]], [[1.0, 2.0], [-0.5, 0.25]]],
    )
    single = noted_bowl(1.0, ())
    result = student.gradient_descent.gradient_descent(
        gradient=single.gradient, start=3, learning_rate=0.5, steps=2
    )
    expect_array(result, [3.0, 1.5, 0.75])
    for shape in ((2, 1, 3), (3,), ()):
        whole, rate = random.integers(-9, 9, shape), float(random.uniform(0.2, 0.8))
        curvatures = np.asarray(random.uniform(0.3, 1, shape))
        slope = noted_bowl(curvatures, shape)
        result = student.gradient_descent.gradient_descent(slope.gradient, whole.tolist(), rate, 3)
        expect_array(result, [whole * (1 - rate * curvatures) ** k for k in range(4)])


@gradient_descent.reference(
    0.75,
    "follows a fresh gradient all the way and leaves the start as it was",
    needs=("gradient_descent_from_a_table",),
)
def test_gradient_descent_on_a_fresh_loss(student: Student, random: np.random.Generator) -> None:
    # no quadratic: the gradient is tanh, so each point depends on all that came before
    for shape in ((2, 2), (3,)):
        start, rate, steps = random.normal(0, 2, shape), float(random.uniform(0.3, 0.6)), 12
        slope = noted_gradient(with_formula(traced(np.tanh, weights=shape)), shape)
        right = [exact(start)]
        for _ in range(steps):
            right.append(right[-1] - exact(rate) * np.tanh(right[-1]))
        seen = student.gradient_descent.gradient_descent.observe(slope.gradient, start, rate, steps)
        expect_array(seen.result, np.array(right))
        expect_unchanged(seen, [slope.gradient, start, rate, steps])


@gradient_descent.convergence(
    1, "settles on a bowl at a low learning rate and runs away at a high one, as theory says"
)
def test_gradient_descent_converges_as_theory_says(
    student: Student, random: np.random.Generator
) -> None:
    # Along each axis of a bowl a step multiplies the error by 1 − αλ. At 0.8 of the border it
    # falls to 0.6⁴⁰ = 1e-9 of the start; rounding is 1e-16 of the start a step, so every step is
    # right to 1e-6 of the error all the same.
    valley = bowl(random, [random.uniform(1.05, 1.2), random.uniform(1.5, 3), 4.0])
    start = valley.axes @ random.choice([-3.0, -2.0, 2.0, 3.0], 3)
    for part, steps in ((0.95, 20), (0.8, 40), (0.3, 20), (1.05, 20)):
        rate = part * 2 / 4.0
        slope = noted_bowl(valley.hessian, (3,))
        path = expect_array(
            student.gradient_descent.gradient_descent(slope.gradient, start, rate, steps),
            shape=(steps + 1, 3),
        )
        lengths = np.linalg.norm(path, axis=1)
        factor = np.abs(1 - rate * valley.curvatures).max()
        if part > 1:
            expect(
                lengths[-1] > lengths[0],
                "the path does not run away, though the learning rate is too high",
                advice="Take every step in full, also one that leads uphill.",
            )
        else:
            expect(lengths[-1] < lengths[0], "the path does not settle at a low learning rate")
            expect(
                np.all(lengths[1:] <= factor * lengths[:-1] * (1 + 1e-9)),
                "a step shrinks the error by less than theory says",
                advice="Take all `steps` steps, each in full: no end before, no step held back.",
            )
        right = np.vstack([start, path[:-1] - rate * (path[:-1] @ valley.hessian)])
        if np.any(
            np.linalg.norm(path - right, axis=1) > 1e-6 * np.append(lengths[0], lengths[:-1])
        ):
            raise Unmet("a step of the path is not −learning_rate · gradient at the point before")


def expect_arrival(returned: Any, weights: Any, steps: int) -> None:
    """Expect the pair of weights and steps taken."""
    reached, taken = expect_sequence(returned, 2, "the weights and the steps taken")
    expect_array(reached, weights)
    number = expect_number(taken)
    if number != steps:
        advice = "" if steps else "Judge the gradient at the start before the first step is taken."
        raise Unmet("the number of steps taken is another", number, float(steps), advice)


descend_until_flat = Criteria("descend_until_flat")


@descend_until_flat.example(0.5, "needs 3 steps from 8 to where the slope is 1")
def test_descend_until_flat_by_hand(student: Student) -> None:
    slope = noted_bowl(1.0, (1,))
    result = student.gradient_descent.descend_until_flat(
        slope.gradient, np.array([8.0]), 0.5, tolerance=1.0, max_steps=9
    )
    expect_arrival(result, [1.0], 3)


@descend_until_flat.law(0.5, "measures the gradient's length over all elements of a table")
def test_descend_until_flat_measures_the_length(
    student: Student, random: np.random.Generator
) -> None:
    # √(4 + 9 + 36) = 7; a factor of 0.9 each step tells that length from any other
    slope = noted_bowl(1.0, (2, 2))
    start = [[2, 3], [6, 0]]
    result = student.gradient_descent.descend_until_flat(
        gradient=slope.gradient, start=start, learning_rate=0.1, tolerance=2.0, max_steps=40
    )
    expect_arrival(result, np.array(start) * 0.9**12, 12)
    # Two columns at right angles: the largest singular value is below 0.8 of the length, and so
    # is each element. The tolerance is 2 % above the length at the end, 8 % below the one before.
    columns, _ = np.linalg.qr(random.normal(size=(3, 2)))
    table, steps = columns * random.uniform(4, 5, 2), int(random.integers(8, 20))
    slope = noted_bowl(1.0, (3, 2))
    tolerance = 1.02 * 0.9**steps * float(np.sqrt(np.sum(table**2)))
    result = student.gradient_descent.descend_until_flat(
        slope.gradient, table.tolist(), 0.1, tolerance, max_steps=40
    )
    expect_arrival(result, table * 0.9**steps, steps)


@descend_until_flat.order(0.5, "takes no step on flat ground and at most max_steps elsewhere")
def test_descend_until_flat_takes_no_step_too_many(
    student: Student, random: np.random.Generator
) -> None:
    descend = student.gradient_descent.descend_until_flat
    for place in (np.array([3.0, 1.0]), random.normal(0, 5, 2)):
        flat = noted_bowl(0.0, (2,))
        expect_arrival(descend(flat.gradient, place, 0.5), place, 0)
        count = len(flat.points)
        expect(count == 1, f"gradient is called {count} times on a flat start")
    limit = descend.default("max_steps")  # to walk so far would take longer than all other criteria
    if limit is None:  # the signature does not show it, so at least some hundred steps are walked
        far = int(random.integers(200, 600))
        steady = noted_gradient(lambda w: np.ones(1) if w[0] > 0.5 else np.zeros(1), (1,))
        expect_arrival(descend(steady.gradient, np.array([float(far)]), 1.0), [0.0], far)
    elif limit != 10_000:
        raise Unmet("`max_steps` is another number where it is not given", limit, 10_000.0)
    for first, most in ((16.0, 3), (float(random.integers(20, 99)), int(random.integers(4, 8)))):
        slope = noted_bowl(1.0, (1,))
        places = first * 0.5 ** np.arange(most + 1)[:, np.newaxis]
        result = descend(slope.gradient, np.array([first]), 0.5, max_steps=most)
        expect_arrival(result, places[-1], most)
        expect_no_other_calls(student, len(slope.points), "gradient")
        count = len(slope.points)  # the last look is allowed, not asked for
        expect(
            count in (most, most + 1) and np.array_equal(slope.points, places[:count]),
            "gradient is not called exactly once at each point of the way",
        )
    start = noted_bowl(1.0, (1,))
    expect_arrival(descend(start.gradient, np.array([16.0]), 0.5, max_steps=0), [16.0], 0)


@descend_until_flat.law(0.5, "raises ArithmeticError at the first gradient that is not finite")
def test_descend_until_flat_on_broken_ground(student: Student, random: np.random.Generator) -> None:
    drawn = random.permutation([random.choice([np.nan, np.inf, -np.inf]), *random.normal(size=1)])
    depth = int(random.integers(3, 6))
    for broken, start, steps in (
        ([np.nan, 0.0], 8.0, 2),
        ([1.0, np.inf], 8.0, 2),
        ([-np.inf, 1.0], 8.0, 2),
        (drawn.tolist(), float(random.uniform(2.2, 2.8)) * 2.0**depth, depth),
    ):

        def hole(weights: Any, broken: list[float] = broken) -> Any:
            return np.where(weights[0] < 3, np.array(broken), weights)

        slope = noted_gradient(with_formula(traced(hole, weights=(2,))), (2,))
        name = str(next(value for value in broken if not np.isfinite(value)))
        with expect_raises(ArithmeticError, f"the gradient holds {name}"):
            student.gradient_descent.descend_until_flat(
                slope.gradient, np.array([start, start]), 0.5, max_steps=6
            )
        expect(
            len(slope.points) == steps + 1,
            "gradient is called again after it was not finite",
            advice="Look at each gradient before the step, not after it.",
        )


@descend_until_flat.convergence(
    1,
    "takes the number of steps that theory predicts and leaves the start as it was",
    needs=("descend_until_flat_measures_the_length",),
)
def test_descend_until_flat_arrives_when_theory_says(
    student: Student, random: np.random.Generator
) -> None:
    # After k steps the error along an axis is c (1 − αλ)ᵏ and the gradient λ times that, so the
    # length of the gradient at every step is known. The start is scaled so that the length one
    # step before the end is above the tolerance of 1e-6 by one part in 10,000, far more than
    # rounding can change it (1e-16 of the start a step, or 1e-9 of that length in the end).
    curvatures, steps = (
        np.array([1.0, float(random.uniform(1.5, 2)), 3.0]),
        int(random.integers(16, 23)),
    )
    valley, rate = bowl(random, curvatures), 0.5
    errors = random.choice([-1.0, 1.0], 3) * (1 - rate * curvatures) ** np.arange(99)[:, None]
    lengths = np.linalg.norm(curvatures * errors, axis=1)
    scale = 1.0001e-6 / lengths[steps - 1]
    start = valley.axes @ (scale * errors[0])
    slope = noted_bowl(valley.hessian, (3,))
    seen = student.gradient_descent.descend_until_flat.observe(slope.gradient, start, rate)
    expect_arrival(seen.result, valley.axes @ (scale * errors[steps]), steps)
    expect_no_other_calls(student, len(slope.points), "gradient")
    expect(len(slope.points) == steps + 1, "gradient is not called once at each point of the way")
    expect_unchanged(seen, [slope.gradient, start, rate])


linear_regression_gradient = Criteria("linear_regression_gradient")


@linear_regression_gradient.example(0.5, "gives (5.5, 1, −2) for four examples worked by hand")
def test_linear_regression_gradient_by_hand(student: Student) -> None:
    # predictions 3, 3, 1, 3; errors 1, 2, −2, 2; features times errors 11, 2, −4; times 2 / 4
    features = np.array([[1.0, 2.0, 0.0], [3.0, 0.0, 1.0], [0.0, 1.0, 2.0], [2.0, 1.0, -1.0]])
    weights, targets = np.array([1.0, 1.0, 0.0]), np.array([2.0, 1.0, 3.0, 1.0])
    result = student.gradient_descent.linear_regression_gradient(weights, features, targets)
    expect_array(result, [5.5, 1.0, -2.0])


@linear_regression_gradient.law(0.5, "takes nested lists, and as many rows as columns")
def test_linear_regression_gradient_of_lists(student: Student, random: np.random.Generator) -> None:
    result = student.gradient_descent.linear_regression_gradient(
        weights=[0, 0], features=[[1, 2], [3, 4]], targets=[-1, -2]
    )
    expect_array(result, [7.0, 10.0])
    # at weights of 0 the slope is −2 / n times the sum of the rows, each times its target
    features, targets = random.integers(-9, 9, (3, 3)).tolist(), random.integers(1, 9, 3).tolist()
    result = student.gradient_descent.linear_regression_gradient([0, 0, 0], features, targets)
    sums = [sum(row[k] * y for row, y in zip(features, targets, strict=True)) for k in range(3)]
    expect_array(result, np.array(sums) * -2 / 3)


@linear_regression_gradient.reference(
    2, "is the slope of the model's mean squared error and leaves its arguments as they were"
)
def test_linear_regression_gradient_is_the_slope(
    student: Student, random: np.random.Generator
) -> None:
    features, targets = random.normal(0, 1, (7, 4)), random.normal(0, 3, 7)
    weights = random.normal(0, 1, 4)
    right = slopes(
        lambda w: (
            ((exact(features) * w).sum(axis=1) - exact(targets)).var()
            + ((exact(features) * w).sum(axis=1) - exact(targets)).mean() ** 2
        ),
        weights,
        step=1.0,
    )
    gradient = student.gradient_descent.linear_regression_gradient
    seen = gradient.observe(weights, features, targets)
    expect_array(seen.result, right)
    expect_unchanged(seen, [weights, features, targets])
