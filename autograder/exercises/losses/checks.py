"""Criteria of lesson 1: losses and their gradients."""

import math
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import (
    Array,
    Unmet,
    expect,
    expect_array,
    expect_in_turn,
    expect_number,
    expect_raises,
    expect_unchanged,
)
from autograder.checking.student import Function, LearnerObject, Student
from autograder.exercises.oracles.robust_losses import (
    Law,
    expect_a_mean_of_costs,
    expect_a_rise_without_jumps,
    expect_a_round_bottom,
    expect_finite_costs,
    expect_lawful,
    expect_slopes_of,
    expect_slow_growth,
    expect_the_way_past_outliers,
)
from autograder.exercises.oracles.slopes import exact, log_sum_exp, one_hot, slopes

THREE, COLUMN = np.array([1.0, 2.0, 4.0]), np.array([[1.0], [2.0], [5.0]])
TABLE = np.array([[0.5, 0.25, 0.25], [0.1, 0.6, 0.3]])


def far_apart(random: np.random.Generator, *shape: int) -> tuple[Array, Array]:
    """Predictions between 1 and 2 and targets between −2 and −1, in thousandths.

    Three digits are no float16; float32 keeps their misses to 1e-7, so it is not judged here.
    """
    return random.integers(1000, 2000, shape) / 1000, random.integers(-2000, -1000, shape) / 1000


def expect_refusals(
    function: Function, random: np.random.Generator, *tables: tuple[Array, Array]
) -> None:
    """Expect arguments of other shapes to be refused, and those of one shape not to be.

    After the tables come some whose numbers are between 0 and 1, in no order known before.
    """
    cases = [*tables]
    rows, columns = (int(number) for number in random.permutation(np.arange(2, 6))[:2])
    for shapes in random.permutation(6).tolist():
        one, other = (
            ((rows,), (rows, 1)),
            ((rows, 1), (rows,)),
            ((rows, columns), (columns,)),
            ((rows, columns), (1, columns)),
            ((rows, columns), (rows, columns)),
            ((columns, rows), (columns, rows)),
        )[shapes]
        values = random.uniform(0.1, 0.9, one)
        cases.append((values, one_hot(random.integers(0, other[-1], other[:-1]), other[-1])))
    function.ahead(cases)
    for values, targets in cases:
        if values.shape == targets.shape:
            function(values, targets)  # what it answers is for other criteria to judge
            continue
        with expect_raises(ValueError, f"the shapes are {values.shape} and {targets.shape}"):
            function(values, targets)


mean_squared_error = Criteria("mean_squared_error")


@mean_squared_error.example(0.5, "gives 35 for misses of 2, −10 and 1")
def test_mean_squared_error_by_hand(student: Student) -> None:
    # (4 + 100 + 1) / 3
    result = student.losses.mean_squared_error(
        np.array([2.0, -10.0, 4.0]), np.array([0.0, 0.0, 3.0])
    )
    expect_number(result, 35.0)


@mean_squared_error.law(0.5, "averages over all elements of a table")
def test_mean_squared_error_of_a_table(student: Student, random: np.random.Generator) -> None:
    predictions = np.array([[1.0, 5.0, 0.0], [4.0, 2.0, 7.0]])
    targets = np.array([[0.0, 3.0, 0.0], [1.0, 2.0, 3.0]])
    drawn = far_apart(random, 2, 2, 3)
    squares = [miss * miss for miss in (drawn[0] - drawn[1]).ravel().tolist()]
    cases = ((predictions, targets), 5.0), (drawn, sum(squares) / 12)  # 30 / 6
    expect_in_turn(student.losses.mean_squared_error, cases, expect_number)


@mean_squared_error.law(0.5, "takes plain lists and plain numbers")
def test_mean_squared_error_of_lists(student: Student, random: np.random.Generator) -> None:
    loss = student.losses.mean_squared_error
    expect_number(loss([2, 10], [0, 0]), 52.0)
    expect_number(loss(predictions=350_000, targets=300_000), 2.5e9)
    a, b, c, d = random.integers(-99, 99, 4).tolist()
    drawn = ([a, b], [c, d]), ((a - c) ** 2 + (b - d) ** 2) / 2
    single = (a + 0.5, b), (a + 0.5 - b) ** 2
    expect_in_turn(loss, (drawn, single), expect_number)


@mean_squared_error.law(0.5, "refuses arguments whose shapes differ")
def test_mean_squared_error_of_other_shapes(student: Student, random: np.random.Generator) -> None:
    tables = (TABLE, THREE), (THREE, COLUMN), (COLUMN, THREE)
    expect_refusals(student.losses.mean_squared_error, random, *tables)


@mean_squared_error.reference(
    1,
    "is exact on fresh numbers and leaves its arguments as they were",
    needs=("mean_squared_error_of_a_table",),
)
def test_mean_squared_error_on_fresh_numbers(student: Student, random: np.random.Generator) -> None:
    # The numbers lie near 10,000 and the misses near 2. In float64 even the expanded square
    # (p² − 2pt + t²) keeps 7 digits of the mean; float32 rounds each miss to a whole number.
    targets = 10_000.0 + random.integers(-9, 9, (3, 4))
    predictions = targets + 1.0001 * random.choice([-3, -2, -1, 1, 2, 3], (3, 4))
    misses = exact(predictions) - exact(targets)
    seen = student.losses.mean_squared_error.observe(predictions, targets)
    expect_number(seen.result, float(misses.var() + misses.mean() ** 2))
    expect_unchanged(seen, [predictions, targets])


mean_squared_error_gradient = Criteria("mean_squared_error_gradient")


@mean_squared_error_gradient.example(
    0.5, "gives 1, −0.5, 2 and 0.25 for misses of 2, −1, 4 and 0.5"
)
def test_mean_squared_error_gradient_by_hand(student: Student) -> None:
    predictions, targets = np.array([3.0, 5.0, 10.0, 0.5]), np.array([1.0, 6.0, 6.0, 0.0])
    result = student.losses.mean_squared_error_gradient(predictions, targets)
    expect_array(result, [1.0, -0.5, 2.0, 0.25])


@mean_squared_error_gradient.law(
    0.5, "keeps the shape of a table, whose elements all share one mean"
)
def test_mean_squared_error_gradient_of_a_table(
    student: Student, random: np.random.Generator
) -> None:
    predictions = np.array([[1.0, 5.0, 0.0], [4.0, 2.0, 6.0]])
    targets = np.array([[4.0, 2.0, 3.0], [1.0, 8.0, 3.0]])
    drawn = far_apart(random, 4, 3)
    cases = (
        ((predictions, targets), [[-1.0, 1.0, -1.0], [1.0, -2.0, 1.0]]),
        (drawn, (drawn[0] - drawn[1]) / 6),
    )
    expect_in_turn(student.losses.mean_squared_error_gradient, cases, expect_array)


@mean_squared_error_gradient.law(0.5, "takes plain lists and plain numbers")
def test_mean_squared_error_gradient_of_lists(
    student: Student, random: np.random.Generator
) -> None:
    gradient = student.losses.mean_squared_error_gradient
    expect_array(gradient([3, 5], [1, 6]), [2.0, -1.0])
    expect_array(gradient(predictions=4, targets=1), 6.0)
    a, b, c, d = random.integers(-99, 99, 4).tolist()
    drawn, single = (([a, b], [c, d]), [a - c, b - d]), ((a + 0.5, b), 2 * (a + 0.5 - b))
    expect_in_turn(gradient, (drawn, single), expect_array)


@mean_squared_error_gradient.reference(
    1.5,
    "is the slope of the mean squared error and leaves its arguments as they were",
    needs=("mean_squared_error_gradient_of_a_table",),
)
def test_mean_squared_error_gradient_is_the_slope(
    student: Student, random: np.random.Generator
) -> None:
    predictions, targets = random.normal(0, 2, (2, 4)), random.normal(0, 2, (2, 4))
    right = slopes(lambda p: ((p - exact(targets)) ** 2).mean(), predictions, step=1.0)
    seen = student.losses.mean_squared_error_gradient.observe(predictions, targets)
    expect_array(seen.result, right)
    expect_unchanged(seen, [predictions, targets])


sigmoid = Criteria("sigmoid")


@sigmoid.example(0.25, "turns odds of 1, 3 and 1/4 into 0.5, 0.75 and 0.2")
def test_sigmoid_by_hand(student: Student) -> None:
    logits = np.array([0.0, np.log(3.0), -np.log(4.0)])
    expect_array(student.losses.sigmoid(logits), [0.5, 0.75, 0.2])


@sigmoid.law(0.25, "takes plain numbers and nested lists, and keeps their shape")
def test_sigmoid_of_lists(student: Student, random: np.random.Generator) -> None:
    e = math.e
    right = np.array([[e, 1], [(1 + e) / 2, e]]) / (1 + e)
    table = random.uniform(-4, 4, (3, 2)).tolist()
    fresh = (((logits,), (1 + np.tanh(exact(logits) / 2)) / 2) for logits in (table, table[0][0]))
    cases = ((0,), 0.5), (([[1, -1], [0, 1]],), right), *fresh
    expect_in_turn(student.losses.sigmoid, cases, expect_array)


@sigmoid.law(0.75, "stays finite and without warnings for logits up to 10,000")
def test_sigmoid_of_huge_logits(student: Student, random: np.random.Generator) -> None:
    drawn = huge_logits(random, int(random.integers(5, 9)))
    both = np.array([10_000.0, 800.0, -800.0, -10_000.0]), drawn
    student.losses.sigmoid.ahead([(logits,) for logits in both], observed=True)
    for logits in both:
        seen = student.losses.sigmoid.observe(logits)
        expect_array(seen.result, np.where(logits > 0, 1.0, 0.0))
        expect(
            not seen.warnings,
            "a warning appears, though the values are right",
            advice=f"{(seen.warnings or [''])[0][:100]}. Which exponents are positive? `np.where` "
            "computes both of its branches; `np.exp(-np.abs(x))` never overflows.",
        )


def huge_logits(random: np.random.Generator, count: int) -> Array:
    """Logits of both signs, from where exp overflows up to 10,000 in size."""
    signs = random.permutation(np.append([-1.0, 1.0], random.choice([-1.0, 1.0], count - 2)))
    return np.asarray(signs * random.uniform(750, 10_000, count))


@sigmoid.reference(
    0.75,
    "follows the S-shaped curve on fresh logits and leaves its argument as it was",
    needs=("sigmoid_of_lists",),
)
def test_sigmoid_on_fresh_logits(student: Student, random: np.random.Generator) -> None:
    # one in each unit from −8 to 8
    logits = (np.arange(-8, 8) + random.uniform(0.01, 0.99, 16)).reshape(2, 4, 2)
    seen = student.losses.sigmoid.observe(logits)
    expect_array(seen.result, (1 + np.tanh(exact(logits) / 2)) / 2)
    expect_unchanged(seen, [logits])


binary_cross_entropy = Criteria("binary_cross_entropy")


@binary_cross_entropy.example(
    0.5, "gives 0.105, 0.693 and 2.303 where yes is right and 0.9, 0.5 and 0.1 were predicted"
)
def test_binary_cross_entropy_of_yes(student: Student) -> None:
    costs = (0.9, np.log(10 / 9)), (0.5, np.log(2)), (0.1, np.log(10))
    cases = [((np.array([part]), np.array([1.0])), cost) for part, cost in costs]
    expect_in_turn(student.losses.binary_cross_entropy, cases, expect_number)


@binary_cross_entropy.law(0.5, "counts the probability of no where no is right")
def test_binary_cross_entropy_of_no(student: Student, random: np.random.Generator) -> None:
    # With 0.9 for yes, no had 0.1. From 0.3 to 0.8 a loss with 1e-7 added inside the logarithm is
    # off by half of the tolerance at most.
    drawn = ((part, -np.log1p(-part)) for part in random.uniform(0.3, 0.8, 2))
    costs = (0.9, np.log(10)), (0.2, np.log(1.25)), *drawn
    cases = [((np.array([part]), np.array([0.0])), cost) for part, cost in costs]
    expect_in_turn(student.losses.binary_cross_entropy, cases, expect_number)


@binary_cross_entropy.law(
    0.25, "averages over all elements of nested lists", needs=("binary_cross_entropy_of_no",)
)
def test_binary_cross_entropy_of_lists(student: Student, random: np.random.Generator) -> None:
    # the right answers had 0.9, 0.8, 0.5, 0.2, 0.1 and 0.25
    probabilities, targets = [[0.9, 0.2, 0.5], [0.2, 0.9, 0.25]], [[1, 0, 1], [1, 0, 1]]
    values, answers = random.uniform(0.1, 0.9, (2, 4)), random.integers(0, 2, (2, 4))
    cases = (
        ((probabilities, targets), -np.log(0.9 * 0.8 * 0.5 * 0.2 * 0.1 * 0.25) / 6),
        ((values.tolist(), answers.tolist()), cost_of_answers(values, answers)),
    )
    expect_in_turn(student.losses.binary_cross_entropy, cases, expect_number)


def cost_of_answers(probabilities: Array, targets: Any) -> float:
    """The mean cost where every target is 0 or 1: by the probability of all answers together."""
    right = np.abs(1 - np.asarray(targets) - probabilities)
    return float(-np.log(np.prod(right)) / right.size)


@binary_cross_entropy.law(
    0.5, "stays finite for probabilities of exactly 0 and 1", needs=("binary_cross_entropy_of_no",)
)
def test_binary_cross_entropy_at_the_ends(student: Student, random: np.random.Generator) -> None:
    # in float64, 1 − (1 − 1e-12) is 1e-12 except for 8 parts in 10⁸: 3e-9 of the largest loss
    most = 12 * np.log(10)
    costs = [(0.0, 1.0, most), (1.0, 0.0, most), (0.0, 0.0, 0.0), (1.0, 1.0, 0.0)]
    for target in random.uniform(0.1, 0.9, 2):
        costs += [(0.0, target, target * most), (1.0, target, (1 - target) * most)]
    cases = [((np.array([part]), np.array([target])), cost) for part, target, cost in costs]
    expect_in_turn(student.losses.binary_cross_entropy, cases, expect_number)


@binary_cross_entropy.law(
    0.25,
    "keeps the probabilities epsilon away from both ends",
    needs=("binary_cross_entropy_at_the_ends",),
)
def test_binary_cross_entropy_clips_at_epsilon(
    student: Student, random: np.random.Generator
) -> None:
    loss, yes = student.losses.binary_cross_entropy, np.array([1.0])
    costs = (0.5, np.log(2)), (0.0, np.log(8)), (1.0, np.log(8 / 7))
    cases = [((np.array([part]), yes), cost) for part, cost in costs]
    expect_in_turn(loss, cases, expect_number, epsilon=0.125)
    epsilon = float(random.uniform(0.01, 0.3))
    drawn = (0.0, -np.log(epsilon)), (1.0, -np.log1p(-epsilon))
    further = [((np.array([part]), yes, epsilon), cost) for part, cost in drawn]
    expect_in_turn(loss, further, expect_number)


@binary_cross_entropy.law(0.25, "refuses arguments whose shapes differ")
def test_binary_cross_entropy_of_other_shapes(
    student: Student, random: np.random.Generator
) -> None:
    row, column = TABLE[0], TABLE[:1].T
    tables = (TABLE, row), (row, column), (column, row)
    expect_refusals(student.losses.binary_cross_entropy, random, *tables)


@binary_cross_entropy.reference(
    0.75,
    "is exact on fresh probabilities and leaves its arguments as they were",
    needs=("binary_cross_entropy_of_lists",),
)
def test_binary_cross_entropy_on_fresh_probabilities(
    student: Student, random: np.random.Generator
) -> None:
    # In terms of the logit z the loss is ln(1 + exp(z)) − t z, with answers between 0 and 1 too.
    # Logits within ±6 keep 1 − p exact to 1e-13. The first entry is all but certain and right:
    # its probability is below epsilon, its loss 1e-12 at most. The second has a probability of
    # 1e-5, so that log(p + 1e-9) is off by 1e-4 there, four times the tolerance of the mean.
    logits = random.uniform(-6, 6, (3, 4))
    targets = random.uniform(0, 1, (3, 4))
    logits[0, 1], targets[0, 1] = np.log(1e-5), random.uniform(0.9, 1)
    probabilities = 1 / (1 + np.exp(-logits))
    costs = np.logaddexp(exact(0), exact(logits)) - exact(targets) * exact(logits)
    probabilities[0, 0], targets[0, 0], costs[0, 0] = 1e-13, 0.0, 1e-12
    seen = student.losses.binary_cross_entropy.observe(probabilities, targets)
    expect_number(seen.result, float(costs.mean()))
    expect_unchanged(seen, [probabilities, targets])


sigmoid_cross_entropy_gradient = Criteria("sigmoid_cross_entropy_gradient")


@sigmoid_cross_entropy_gradient.example(
    0.25, "gives −1/8, 3/16, 1/16 and 0 for four logits worked by hand"
)
def test_sigmoid_cross_entropy_gradient_by_hand(student: Student) -> None:
    # the probabilities are 0.5, 0.75, 0.25 and 0.5
    logits = np.array([0.0, np.log(3.0), -np.log(3.0), 0.0])
    targets = np.array([1.0, 0.0, 0.0, 0.5])
    result = student.losses.sigmoid_cross_entropy_gradient(logits, targets)
    expect_array(result, [-0.125, 0.1875, 0.0625, 0.0])


@sigmoid_cross_entropy_gradient.law(
    0.25, "keeps the shape of nested lists, whose elements all share one mean"
)
def test_sigmoid_cross_entropy_gradient_of_lists(
    student: Student, random: np.random.Generator
) -> None:
    logits, targets = [[0, 0, 0], [0, 0, 0]], [[1, 0, 0], [0, 0, 1]]
    values, answers = random.uniform(-3, 3, (3, 2)), random.integers(0, 2, (3, 2))
    cases = (
        ((logits, targets), np.array([[-1, 1, 1], [1, 1, -1]]) / 12),
        ((values.tolist(), answers.tolist()), (1 - 2 * answers + np.tanh(values / 2)) / 12),
    )
    expect_in_turn(student.losses.sigmoid_cross_entropy_gradient, cases, expect_array)


@sigmoid_cross_entropy_gradient.law(0.5, "stays finite for logits up to 10,000")
def test_sigmoid_cross_entropy_gradient_of_huge_logits(
    student: Student, random: np.random.Generator
) -> None:
    huge, ends = np.array([10_000.0, -10_000.0]), np.array([0.0, 1.0])
    logits, targets = huge_logits(random, 6), random.uniform(0, 1, 6)
    cases = ((huge, ends), [0.5, -0.5]), ((logits, targets), ((logits > 0) - targets) / 6)
    expect_in_turn(student.losses.sigmoid_cross_entropy_gradient, cases, expect_array)


@sigmoid_cross_entropy_gradient.reference(
    1,
    "is the slope of the loss at fresh logits and leaves its arguments as they were",
    needs=("sigmoid_cross_entropy_gradient_of_lists",),
)
def test_sigmoid_cross_entropy_gradient_is_the_slope(
    student: Student, random: np.random.Generator
) -> None:
    logits, targets = random.normal(0, 2, (2, 3)), random.uniform(0, 1, (2, 3))
    right = slopes(lambda z: (np.logaddexp(exact(0), z) - exact(targets) * z).mean(), logits)
    seen = student.losses.sigmoid_cross_entropy_gradient.observe(logits, targets)
    expect_array(seen.result, right)
    expect_unchanged(seen, [logits, targets])


softmax = Criteria("softmax")


@softmax.example(0.5, "shares out 1 as 1 : 2 : 5 where the exponentials are 1, 2 and 5")
def test_softmax_by_hand(student: Student) -> None:
    result = student.losses.softmax(np.log([[1.0, 2.0, 5.0]]))
    expect_array(result, [[0.125, 0.25, 0.625]])


@softmax.law(0.75, "makes each row a distribution of its own")
def test_softmax_of_two_rows(student: Student, random: np.random.Generator) -> None:
    logits = np.log([[1.0, 1.0, 2.0], [9.0, 3.0, 4.0]])
    parts = random.uniform(1, 99, (3, 4))
    cases = (
        ((logits,), [[0.25, 0.25, 0.5], [0.5625, 0.1875, 0.25]]),
        ((np.log(parts),), [[part / sum(row) for part in row] for row in parts.tolist()]),
    )
    expect_in_turn(student.losses.softmax, cases, expect_array)


@softmax.law(
    0.25,
    "works along the last axis of one row and of stacked tables, lists included",
    needs=("softmax_of_two_rows",),
)
def test_softmax_of_lists(student: Student, random: np.random.Generator) -> None:
    e = math.e
    stacked = np.array([[[1, e], [(1 + e) / 2, (1 + e) / 2]], [[e, 1], [1, e]]]) / (1 + e)
    drawn = (random.uniform(-3, 3, shape).tolist() for shape in ((4,), (2, 3, 2)))
    cases = (
        (([7, 7, 7, 7],), [0.25] * 4),
        (([[[0, 1], [5, 5]], [[2, 1], [3, 4]]],), stacked),
        *(((logits,), shares(logits)) for logits in drawn),
    )
    expect_in_turn(student.losses.softmax, cases, expect_array)


@softmax.law(0.75, "stays finite for logits up to 10,000", needs=("softmax_of_two_rows",))
def test_softmax_of_huge_logits(student: Student, random: np.random.Generator) -> None:
    e = math.e
    # rows far above and far below zero: subtracting max(0, maximum) is not enough
    logits = random.normal(0, 1, (4, 3)) + row_heights(random)
    cases = (
        ((np.array([[10_000.0, 9_999.0]]),), np.array([[e, 1]]) / (1 + e)),
        ((np.array([[10_000.0, -10_000.0], [0.0, 0.0]]),), [[1.0, 0.0], [0.5, 0.5]]),
        ((logits,), shares(logits)),
    )
    expect_in_turn(student.losses.softmax, cases, expect_array)


def row_heights(random: np.random.Generator) -> Array:
    """A column to add to four rows of logits, two far above zero and two far below."""
    heights = random.uniform(1000, 9_000, 4) * random.permutation([-1, -1, 1, 1])
    return np.asarray(heights[:, np.newaxis])


def shares(logits: Any) -> Array:
    """The distribution of each row of logits."""
    rows = exact(logits)
    return np.asarray(np.exp(rows - log_sum_exp(rows)[..., np.newaxis]), dtype=float)


@softmax.reference(
    0.75,
    "agrees with the formula on fresh logits and leaves its argument as it was",
    needs=("softmax_of_two_rows",),
)
def test_softmax_on_fresh_logits(student: Student, random: np.random.Generator) -> None:
    logits = random.normal(0, 3, (4, 5))
    seen = student.losses.softmax.observe(logits)
    expect_array(seen.result, shares(logits))
    expect_unchanged(seen, [logits])


categorical_cross_entropy = Criteria("categorical_cross_entropy")


@categorical_cross_entropy.example(0.5, "gives 0.357 and 2.303 where the cat had 0.70 and 0.10")
def test_categorical_cross_entropy_of_the_cat(student: Student) -> None:
    cat = np.array([[1.0, 0.0, 0.0]])
    cases = (
        ((np.array([[0.7, 0.2, 0.1]]), cat), np.log(10 / 7)),
        ((np.array([[0.1, 0.6, 0.3]]), cat), np.log(10)),
    )
    expect_in_turn(student.losses.categorical_cross_entropy, cases, expect_number)


@categorical_cross_entropy.law(0.5, "averages over the rows of nested lists")
def test_categorical_cross_entropy_of_lists(student: Student, random: np.random.Generator) -> None:
    # the right classes had 0.5, 0.25, 0.8 and 0.1
    probabilities = [[0.5, 0.3, 0.2], [0.25, 0.25, 0.5], [0.1, 0.1, 0.8], [0.3, 0.1, 0.6]]
    targets = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]]
    # Probabilities from 0.2 to 0.5: a loss with 1e-7 added inside the logarithm is off by a third
    # of the tolerance at most, here and above, and one with 1e-6 by more than all of it.
    parts, classes = random.uniform(1, 2, (5, 3)), random.integers(0, 3, 5)
    values = parts / parts.sum(axis=1, keepdims=True)
    answers = one_hot(classes, 3).astype(int).tolist()
    cases = (
        ((probabilities, targets), -np.log(0.5 * 0.25 * 0.8 * 0.1) / 4),
        ((values.tolist(), answers), cost_of_classes(values, answers)),
    )
    expect_in_turn(student.losses.categorical_cross_entropy, cases, expect_number)


def cost_of_classes(probabilities: Array, targets: Any) -> float:
    """The mean cost of the rows: by the probability of all right classes together."""
    right = np.max(probabilities * np.asarray(targets), axis=-1)
    return float(-np.log(np.prod(right)) / len(right))


@categorical_cross_entropy.law(0.5, "stays finite for probabilities of exactly 0")
def test_categorical_cross_entropy_of_zero(student: Student, random: np.random.Generator) -> None:
    cases = [
        ((np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])), 12 * np.log(10)),
        ((np.array([[0.0, 0.5, 0.5]]), np.array([[0.0, 1.0, 0.0]])), np.log(2)),
    ]
    for seen in random.permutation(2):
        row, right = random.permutation([0.0, *random.dirichlet(np.ones(3))]), np.zeros((1, 4))
        place = int(np.argmax(row)) if seen else int(np.argmin(row))
        right[0, place] = 1.0
        cases.append(((row[np.newaxis], right), -np.log(max(row[place], 1e-12))))
    expect_in_turn(student.losses.categorical_cross_entropy, cases, expect_number)


@categorical_cross_entropy.law(
    0.25,
    "raises probabilities below epsilon to it and has no upper bound",
    needs=("categorical_cross_entropy_of_zero",),
)
def test_categorical_cross_entropy_clips_at_epsilon(
    student: Student, random: np.random.Generator
) -> None:
    loss, first = student.losses.categorical_cross_entropy, np.array([[1.0, 0.0]])

    def rows(*costs: tuple[float, float]) -> list[tuple[tuple[Array, Array], float]]:
        return [((np.array([[part, 1 - part]]), first), cost) for part, cost in costs]

    costs = rows((0.5, np.log(2)), (0.0, np.log(8)), (1.0, 0.0))
    expect_in_turn(loss, costs, expect_number, epsilon=0.125)
    epsilon, above = float(random.uniform(0.01, 0.2)), float(random.uniform(0.3, 0.9))
    drawn = rows((epsilon / 2, -np.log(epsilon)), (above, -np.log(above)))
    cases = [((*both, epsilon), cost) for both, cost in drawn]
    expect_in_turn(loss, cases, expect_number)


@categorical_cross_entropy.law(0.25, "refuses arguments whose shapes differ")
def test_categorical_cross_entropy_of_other_shapes(
    student: Student, random: np.random.Generator
) -> None:
    row, column = np.array([[0.0, 1.0, 0.0]]), np.array([[1.0], [0.0]])
    tables = (TABLE, row), (TABLE, column), (TABLE[:1], np.eye(3)[:2])
    expect_refusals(student.losses.categorical_cross_entropy, random, *tables)


@categorical_cross_entropy.reference(
    1,
    "is exact on fresh probabilities and leaves its arguments as they were",
    needs=("categorical_cross_entropy_of_lists",),
)
def test_categorical_cross_entropy_on_fresh_probabilities(
    student: Student, random: np.random.Generator
) -> None:
    # In terms of the logits z the loss of a row is ln Σ exp(z) − z[label]. The fifth class of
    # the last row has a probability below epsilon: it is not the right one, so it costs nothing.
    # The right class of the first row has a probability of 1 to 3 parts in 100,000: log(p + 1e-9)
    # is off by twice the tolerance of the mean at least, log(p + 1e-10) by half of it at most.
    labels, logits = random.integers(0, 4, 5), exact(random.normal(0, 2, (5, 5)))
    logits[-1, 4] = -40
    logits[0, 4] = 1 + logits[0].max()
    logits[0, labels[0]] = logits[0, 4] - 10.5
    probabilities = np.exp(logits - log_sum_exp(logits)[:, None]).astype(float)
    right = log_sum_exp(logits) - logits[np.arange(5), labels]
    targets = one_hot(labels, 5)
    seen = student.losses.categorical_cross_entropy.observe(probabilities, targets)
    expect_number(seen.result, float(right.mean()))
    expect_unchanged(seen, [probabilities, targets])


softmax_cross_entropy_gradient = Criteria("softmax_cross_entropy_gradient")


@softmax_cross_entropy_gradient.example(0.5, "gives the slopes of two rows worked by hand")
def test_softmax_cross_entropy_gradient_by_hand(student: Student) -> None:
    # the probabilities are 0.125, 0.25, 0.625 and 0.5, 0.25, 0.25
    logits = np.log([[1.0, 2.0, 5.0], [4.0, 2.0, 2.0]])
    targets = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    result = student.losses.softmax_cross_entropy_gradient(logits, targets)
    expect_array(result, [[-0.4375, 0.125, 0.3125], [0.25, 0.125, -0.375]])


@softmax_cross_entropy_gradient.law(0.25, "takes nested lists")
def test_softmax_cross_entropy_gradient_of_lists(
    student: Student, random: np.random.Generator
) -> None:
    logits, targets = [[0, 0], [3, 3], [1, 1], [5, 5]], [[1, 0], [0, 1], [0, 1], [1, 0]]
    values, right = random.normal(0, 2, (3, 4)), one_hot(random.integers(0, 4, 3), 4).astype(int)
    cases = (
        ((logits, targets), np.array([[-1, 1], [1, -1], [1, -1], [-1, 1]]) / 8),
        ((values.tolist(), right.tolist()), shares(values) / 3 - right / 3),
    )
    expect_in_turn(student.losses.softmax_cross_entropy_gradient, cases, expect_array)


@softmax_cross_entropy_gradient.law(0.75, "stays finite for logits up to 10,000")
def test_softmax_cross_entropy_gradient_of_huge_logits(
    student: Student, random: np.random.Generator
) -> None:
    huge, last = np.array([[10_000.0, 0.0, -10_000.0]]), np.array([[0.0, 0.0, 1.0]])
    logits = random.normal(0, 1, (4, 3)) + row_heights(random)
    targets = one_hot(random.integers(0, 3, 4), 3)
    right = shares(logits) / 4 - targets / 4
    cases = ((huge, last), [[1.0, 0.0, -1.0]]), ((logits, targets), right)
    expect_in_turn(student.losses.softmax_cross_entropy_gradient, cases, expect_array)


@softmax_cross_entropy_gradient.reference(
    1.5, "is the slope of the loss at fresh logits and leaves its arguments as they were"
)
def test_softmax_cross_entropy_gradient_is_the_slope(
    student: Student, random: np.random.Generator
) -> None:
    logits, targets = random.normal(0, 2, (3, 4)), one_hot(random.integers(0, 4, 3), 4)
    right = slopes(lambda z: (log_sum_exp(z) - (exact(targets) * z).sum(axis=-1)).mean(), logits)
    seen = student.losses.softmax_cross_entropy_gradient.observe(logits, targets)
    expect_array(seen.result, right)
    expect_unchanged(seen, [logits, targets])


CHOICES = {
    "continuous number": "mean_squared_error",
    "two classes": "binary_cross_entropy",
    "three or more classes": "categorical_cross_entropy",
}

choose_loss = Criteria("choose_loss")


@choose_loss.example(0.5, "returns the loss function itself for each of the three types of output")
def test_choose_loss_of_each_type(student: Student) -> None:
    # The functions are asked for first: a process cannot decide afterwards which was which.
    losses = {name: getattr(student.losses, name).itself() for name in CHOICES.values()}
    for first, second in combinations(losses, 2):
        same = is_same(losses[first], losses[second])
        expect(not same, f"{first} and {second} are one function")
    student.losses.choose_loss.ahead([(output_type,) for output_type in CHOICES])
    for output_type, name in CHOICES.items():
        chosen = student.losses.choose_loss(output_type)
        expect(chosen is not None, "the function returns None", advice="Is there a `return`?")
        expect(
            isinstance(chosen, LearnerObject) or callable(chosen),
            f"the result is a {type(chosen).__name__}, expected a function",
            got=chosen,
            advice="Return the function itself: its name without quotation marks and parentheses.",
        )
        expect(
            is_same(chosen, losses[name]),
            f"{output_type!r} gives something other than the function {name}",
        )


def is_same(first: Any, second: Any) -> bool:
    """Whether two functions are one and the same, the learner's or a supplied one."""
    return first is second or (isinstance(first, LearnerObject) and first.is_same(second))


@choose_loss.law(1, "refuses every other string with a ValueError")
def test_choose_loss_of_something_else(student: Student, random: np.random.Generator) -> None:
    known = "a picture", "", "number", "four classes", "Two Classes", "mean_squared_error"
    others = *known, *misspelled(random)
    student.losses.choose_loss.ahead([(other,) for other in others])
    for other in others:
        with expect_raises(ValueError, f"the output type is {other!r}"):
            student.losses.choose_loss(other)


@choose_loss.law(
    0.5, "names the three types of output when it refuses", needs=("choose_loss_of_something_else",)
)
def test_choose_loss_names_the_types(student: Student, random: np.random.Generator) -> None:
    others = "a picture", *misspelled(random)
    student.losses.choose_loss.ahead([(other,) for other in others])
    for other in others:
        with expect_raises(ValueError, f"the output type is {other!r}", mentions=tuple(CHOICES)):
            student.losses.choose_loss(other)


def misspelled(random: np.random.Generator) -> list[str]:
    """The types of output, each with one letter changed."""
    texts = []
    for name in CHOICES:
        place = int(random.choice([k for k, letter in enumerate(name) if letter != " "]))
        letter = random.choice(
            [letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter != name[place]]
        )
        texts.append(name[:place] + str(letter) + name[place + 1 :])
    return texts


robust_loss = Criteria("robust_loss")


@robust_loss.example(0.25, "is 0 where every prediction is right, and above 0 elsewhere")
def test_robust_loss_of_right_predictions(student: Student) -> None:
    loss = student.losses.robust_loss
    right = np.array([3.0, 5.0])
    returned = loss(right, right)
    if abs(expect_number(returned)) > 1e-9:
        advice = "What does your cost give for e = 0? Take that off from it."
        raise Unmet("right predictions have a loss", returned, 0.0, advice)
    sides = [(np.array([miss]), np.zeros(1)) for miss in (1.0, -1.0)]
    loss.ahead(sides)
    for miss in sides:
        expect(
            expect_number(loss(*miss)) > 0,
            f"a miss of {miss[0][0]:g} has no loss above 0",
            advice="Take the size of the miss: misses to both sides must not cancel.",
        )


def law(points: float, title: str, expected: Law, *needs: str) -> Callable[..., None]:
    """A criterion on one law of robust_loss."""

    def check(student: Student, random: np.random.Generator) -> None:
        expected(student.losses.robust_loss, random)

    check.__name__ = expected.__name__.replace("expect", "test_robust_loss_has", 1)
    return robust_loss.law(points, title, needs=needs or None)(check)


test_robust_loss_has_a_mean_of_costs = law(
    0.25, "is the mean of what each miss costs, by its size alone", expect_a_mean_of_costs
)


@robust_loss.law(0.25, "refuses arguments whose shapes differ")
def test_robust_loss_of_other_shapes(student: Student, random: np.random.Generator) -> None:
    expect_refusals(student.losses.robust_loss, random, (THREE, COLUMN))


test_robust_loss_has_slow_growth = law(
    0.5,
    "lets twice the miss cost more, but no more than 2.3 times, from 10 on",
    expect_slow_growth,
)
test_robust_loss_has_a_round_bottom = law(
    0.25, "is round at 0, as the square is", expect_a_round_bottom
)
test_robust_loss_has_a_rise_without_jumps = law(
    0.25, "rises with every larger miss up to 100, without jumps", expect_a_rise_without_jumps
)
test_robust_loss_has_finite_costs = law(
    0.25, "is finite for misses up to a million", expect_finite_costs, "robust_loss_has_slow_growth"
)


robust_loss_gradient = Criteria("robust_loss_gradient")


@robust_loss_gradient.example(
    0.25, "is 0 where the prediction is right, above 0 where it is too high, else below 0"
)
def test_robust_loss_gradient_points_uphill(student: Student, random: np.random.Generator) -> None:
    gradient = student.losses.robust_loss_gradient
    expect_array(gradient(np.array([3.0, 5.0]), np.array([3.0, 5.0])), [0.0, 0.0])
    expect_lawful(student.losses.robust_loss, random)
    expect_signs(gradient, np.array([1.0, -2.0, 30.0]), np.zeros(3))


def expect_signs(gradient: Function, predictions: Any, targets: Any) -> None:
    """Expect a gradient above 0 just where the prediction is above its target."""
    misses = np.asarray(predictions, dtype=float) - np.asarray(targets, dtype=float)
    returned = gradient(predictions, targets)
    got = expect_array(returned, shape=misses.shape)
    expect(
        np.array_equal(np.sign(got), np.sign(misses)),
        "the signs are not those of prediction − target",
        got=returned,
        advice="Where a prediction is too high the loss grows with it: its slope is above 0.",
    )


@robust_loss_gradient.law(0.25, "has an element for each prediction of lists and plain numbers")
def test_robust_loss_gradient_of_lists(student: Student, random: np.random.Generator) -> None:
    targets = random.integers(-9, 9, (3, 2))
    predictions = targets + random.integers(1, 9, (3, 2)) * random.choice([-1, 1], (3, 2))
    gradient = student.losses.robust_loss_gradient
    expect_signs(gradient, predictions.tolist(), targets.tolist())
    expect_signs(gradient, predictions.tolist()[0][0], targets.tolist()[0][0])


@robust_loss_gradient.convergence(
    1.5, "is the slope of your own robust_loss, and leads a descent past outliers"
)
def test_robust_loss_gradient_is_the_slope(student: Student, random: np.random.Generator) -> None:
    loss, gradient = student.losses.robust_loss, student.losses.robust_loss_gradient
    expect_slopes_of(loss, gradient, random)
    expect_the_way_past_outliers(loss, gradient, random)
