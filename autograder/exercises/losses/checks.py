"""Criteria of lesson 1: losses and their gradients."""

from itertools import combinations
from typing import Any

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import (
    Array,
    expect,
    expect_array,
    expect_number,
    expect_raises,
    expect_unchanged,
)
from autograder.checking.student import Function, LearnerObject, Student
from autograder.exercises.oracles.slopes import exact, log_sum_exp, one_hot, slopes

THREE, COLUMN = np.array([1.0, 2.0, 4.0]), np.array([[1.0], [2.0], [5.0]])
TABLE = np.array([[0.5, 0.25, 0.25], [0.1, 0.6, 0.3]])


def far_apart(random: np.random.Generator, *shape: int) -> tuple[Array, Array]:
    """Predictions between 1 and 2 and targets between −2 and −1, in thousandths.

    Three digits are no float16; float32 keeps their misses to 1e-7, so it is not judged here.
    """
    return random.integers(1000, 2000, shape) / 1000, random.integers(-2000, -1000, shape) / 1000


def expect_refusals(function: Function, random: np.random.Generator) -> None:
    """Expect arguments of other shapes to be refused, and those of one shape not to be.

    All numbers are between 0 and 1, and come in no order known before.
    """
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
        targets = one_hot(random.integers(0, other[-1], other[:-1]), other[-1])
        if one == other:
            function(values, targets)  # what it answers is for other criteria to judge
            continue
        with expect_raises(ValueError, f"the shapes are {one} and {other}"):
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
    expect_number(student.losses.mean_squared_error(predictions, targets), 5.0)  # 30 / 6
    predictions, targets = far_apart(random, 2, 2, 3)
    squares = [miss * miss for miss in (predictions - targets).ravel().tolist()]
    result = student.losses.mean_squared_error(predictions, targets)
    expect_number(result, sum(squares) / 12)


@mean_squared_error.law(0.5, "takes plain lists and plain numbers")
def test_mean_squared_error_of_lists(student: Student, random: np.random.Generator) -> None:
    expect_number(student.losses.mean_squared_error([2, 10], [0, 0]), 52.0)
    expect_number(student.losses.mean_squared_error(predictions=350_000, targets=300_000), 2.5e9)
    a, b, c, d = random.integers(-99, 99, 4).tolist()
    result = student.losses.mean_squared_error([a, b], [c, d])
    expect_number(result, ((a - c) ** 2 + (b - d) ** 2) / 2)
    expect_number(student.losses.mean_squared_error(a + 0.5, b), (a + 0.5 - b) ** 2)


@mean_squared_error.law(0.5, "refuses arguments whose shapes differ")
def test_mean_squared_error_of_other_shapes(student: Student, random: np.random.Generator) -> None:
    with expect_raises(ValueError, "the shapes are (2, 3) and (3,)"):
        student.losses.mean_squared_error(TABLE, THREE)
    with expect_raises(ValueError, "the shapes are (3,) and (3, 1)"):
        student.losses.mean_squared_error(THREE, COLUMN)
    with expect_raises(ValueError, "the shapes are (3, 1) and (3,)"):
        student.losses.mean_squared_error(COLUMN, THREE)
    expect_refusals(student.losses.mean_squared_error, random)


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
    0.5, "keeps the shape of a table and divides by the number of all elements"
)
def test_mean_squared_error_gradient_of_a_table(
    student: Student, random: np.random.Generator
) -> None:
    predictions = np.array([[1.0, 5.0, 0.0], [4.0, 2.0, 6.0]])
    targets = np.array([[4.0, 2.0, 3.0], [1.0, 8.0, 3.0]])
    result = student.losses.mean_squared_error_gradient(predictions, targets)
    expect_array(result, [[-1.0, 1.0, -1.0], [1.0, -2.0, 1.0]])
    predictions, targets = far_apart(random, 4, 3)
    result = student.losses.mean_squared_error_gradient(predictions, targets)
    expect_array(result, (predictions - targets) / 6)


@mean_squared_error_gradient.law(0.5, "takes plain lists and plain numbers")
def test_mean_squared_error_gradient_of_lists(
    student: Student, random: np.random.Generator
) -> None:
    gradient = student.losses.mean_squared_error_gradient
    expect_array(gradient([3, 5], [1, 6]), [2.0, -1.0])
    expect_array(gradient(predictions=4, targets=1), 6.0)
    a, b, c, d = random.integers(-99, 99, 4).tolist()
    expect_array(gradient([a, b], [c, d]), [a - c, b - d])
    expect_array(gradient(a + 0.5, b), 2 * (a + 0.5 - b))


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
    e = np.e
    expect_array(student.losses.sigmoid(0), 0.5)
    right = np.array([[e, 1], [(1 + e) / 2, e]]) / (1 + e)
    expect_array(student.losses.sigmoid([[1, -1], [0, 1]]), right)
    logits = random.uniform(-4, 4, (3, 2)).tolist()
    expect_array(student.losses.sigmoid(logits), (1 + np.tanh(exact(logits) / 2)) / 2)
    expect_array(student.losses.sigmoid(logits[0][0]), (1 + np.tanh(exact(logits[0][0]) / 2)) / 2)


@sigmoid.law(0.75, "stays finite and without warnings for logits up to 10,000")
def test_sigmoid_of_huge_logits(student: Student, random: np.random.Generator) -> None:
    drawn = huge_logits(random, int(random.integers(5, 9)))
    for logits in (np.array([10_000.0, 800.0, -800.0, -10_000.0]), drawn):
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
    for probability, cost in ((0.9, np.log(10 / 9)), (0.5, np.log(2)), (0.1, np.log(10))):
        result = student.losses.binary_cross_entropy(np.array([probability]), np.array([1.0]))
        expect_number(result, cost)


@binary_cross_entropy.law(0.5, "counts the probability of no where no is right")
def test_binary_cross_entropy_of_no(student: Student, random: np.random.Generator) -> None:
    # with 0.9 for yes, no had 0.1
    loss = student.losses.binary_cross_entropy
    expect_number(loss(np.array([0.9]), np.array([0.0])), np.log(10))
    expect_number(loss(np.array([0.2]), np.array([0.0])), np.log(1.25))
    for probability in random.uniform(0.1, 0.9, 2):
        expect_number(loss(np.array([probability]), np.array([0.0])), -np.log1p(-probability))


@binary_cross_entropy.law(
    0.25, "averages over all elements of nested lists", needs=("binary_cross_entropy_of_no",)
)
def test_binary_cross_entropy_of_lists(student: Student, random: np.random.Generator) -> None:
    # the right answers had 0.9, 0.8, 0.5, 0.2, 0.1 and 0.25
    probabilities, targets = [[0.9, 0.2, 0.5], [0.2, 0.9, 0.25]], [[1, 0, 1], [1, 0, 1]]
    result = student.losses.binary_cross_entropy(probabilities, targets)
    expect_number(result, -np.log(0.9 * 0.8 * 0.5 * 0.2 * 0.1 * 0.25) / 6)
    values, answers = random.uniform(0.1, 0.9, (2, 4)), random.integers(0, 2, (2, 4))
    result = student.losses.binary_cross_entropy(values.tolist(), answers.tolist())
    expect_number(result, cost_of_answers(values, answers))


def cost_of_answers(probabilities: Array, targets: Any) -> float:
    """The mean cost where every target is 0 or 1: by the probability of all answers together."""
    right = np.abs(1 - np.asarray(targets) - probabilities)
    return float(-np.log(np.prod(right)) / right.size)


@binary_cross_entropy.law(
    0.5, "stays finite for probabilities of exactly 0 and 1", needs=("binary_cross_entropy_of_no",)
)
def test_binary_cross_entropy_at_the_ends(student: Student, random: np.random.Generator) -> None:
    # in float64, 1 − (1 − 1e-12) is 1e-12 except for 8 parts in 10⁸: 3e-9 of the largest loss
    loss = student.losses.binary_cross_entropy
    for certain, target in ((0.0, 1.0), (1.0, 0.0)):
        expect_number(loss(np.array([certain]), np.array([target])), 12 * np.log(10))
    for certain in (0.0, 1.0):
        expect_number(loss(np.array([certain]), np.array([certain])), 0.0)
    for target in random.uniform(0.1, 0.9, 2):
        expect_number(loss(np.array([0.0]), np.array([target])), target * 12 * np.log(10))
        expect_number(loss(np.array([1.0]), np.array([target])), (1 - target) * 12 * np.log(10))


@binary_cross_entropy.law(
    0.25,
    "keeps the probabilities epsilon away from both ends",
    needs=("binary_cross_entropy_at_the_ends",),
)
def test_binary_cross_entropy_clips_at_epsilon(
    student: Student, random: np.random.Generator
) -> None:
    loss = student.losses.binary_cross_entropy
    expect_number(loss(np.array([0.5]), np.array([1.0]), epsilon=0.125), np.log(2))
    expect_number(loss(np.array([0.0]), np.array([1.0]), epsilon=0.125), np.log(8))
    expect_number(loss(np.array([1.0]), np.array([1.0]), epsilon=0.125), np.log(8 / 7))
    epsilon = float(random.uniform(0.01, 0.3))
    expect_number(loss(np.array([0.0]), np.array([1.0]), epsilon), -np.log(epsilon))
    expect_number(loss(np.array([1.0]), np.array([1.0]), epsilon), -np.log1p(-epsilon))


@binary_cross_entropy.law(0.25, "refuses arguments whose shapes differ")
def test_binary_cross_entropy_of_other_shapes(
    student: Student, random: np.random.Generator
) -> None:
    with expect_raises(ValueError, "the shapes are (2, 3) and (3,)"):
        student.losses.binary_cross_entropy(TABLE, TABLE[0])
    with expect_raises(ValueError, "the shapes are (3,) and (3, 1)"):
        student.losses.binary_cross_entropy(TABLE[0], TABLE[:1].T)
    with expect_raises(ValueError, "the shapes are (3, 1) and (3,)"):
        student.losses.binary_cross_entropy(TABLE[:1].T, TABLE[0])
    expect_refusals(student.losses.binary_cross_entropy, random)


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
    0.25, "gives a quarter of probability minus target for four logits"
)
def test_sigmoid_cross_entropy_gradient_by_hand(student: Student) -> None:
    # the probabilities are 0.5, 0.75, 0.25 and 0.5
    logits = np.array([0.0, np.log(3.0), -np.log(3.0), 0.0])
    targets = np.array([1.0, 0.0, 0.0, 0.5])
    result = student.losses.sigmoid_cross_entropy_gradient(logits, targets)
    expect_array(result, [-0.125, 0.1875, 0.0625, 0.0])


@sigmoid_cross_entropy_gradient.law(
    0.25, "keeps the shape of nested lists and divides by the number of all elements"
)
def test_sigmoid_cross_entropy_gradient_of_lists(
    student: Student, random: np.random.Generator
) -> None:
    logits, targets = [[0, 0, 0], [0, 0, 0]], [[1, 0, 0], [0, 0, 1]]
    result = student.losses.sigmoid_cross_entropy_gradient(logits, targets)
    expect_array(result, np.array([[-1, 1, 1], [1, 1, -1]]) / 12)
    values, answers = random.uniform(-3, 3, (3, 2)), random.integers(0, 2, (3, 2))
    result = student.losses.sigmoid_cross_entropy_gradient(values.tolist(), answers.tolist())
    expect_array(result, (1 - 2 * answers + np.tanh(values / 2)) / 12)


@sigmoid_cross_entropy_gradient.law(0.5, "stays finite for logits up to 10,000")
def test_sigmoid_cross_entropy_gradient_of_huge_logits(
    student: Student, random: np.random.Generator
) -> None:
    logits, targets = np.array([10_000.0, -10_000.0]), np.array([0.0, 1.0])
    result = student.losses.sigmoid_cross_entropy_gradient(logits, targets)
    expect_array(result, [0.5, -0.5])
    logits, targets = huge_logits(random, 6), random.uniform(0, 1, 6)
    result = student.losses.sigmoid_cross_entropy_gradient(logits, targets)
    expect_array(result, ((logits > 0) - targets) / 6)


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
    result = student.losses.softmax(np.log([[1.0, 1.0, 2.0], [9.0, 3.0, 4.0]]))
    expect_array(result, [[0.25, 0.25, 0.5], [0.5625, 0.1875, 0.25]])
    parts = random.uniform(1, 99, (3, 4))
    result = student.losses.softmax(np.log(parts))
    expect_array(result, [[part / sum(row) for part in row] for row in parts.tolist()])


@softmax.law(
    0.25,
    "works along the last axis of one row and of stacked tables, lists included",
    needs=("softmax_of_two_rows",),
)
def test_softmax_of_lists(student: Student, random: np.random.Generator) -> None:
    expect_array(student.losses.softmax([7, 7, 7, 7]), [0.25] * 4)
    e = np.e
    result = student.losses.softmax([[[0, 1], [5, 5]], [[2, 1], [3, 4]]])
    expect_array(
        result,
        np.array([[[1, e], [(1 + e) / 2, (1 + e) / 2]], [[e, 1], [1, e]]]) / (1 + e),
    )
    for shape in ((4,), (2, 3, 2)):
        logits = random.uniform(-3, 3, shape).tolist()
        expect_array(student.losses.softmax(logits), shares(logits))


@softmax.law(0.75, "stays finite for logits up to 10,000", needs=("softmax_of_two_rows",))
def test_softmax_of_huge_logits(student: Student, random: np.random.Generator) -> None:
    e = np.e
    result = student.losses.softmax(np.array([[10_000.0, 9_999.0]]))
    expect_array(result, np.array([[e, 1]]) / (1 + e))
    result = student.losses.softmax(np.array([[10_000.0, -10_000.0], [0.0, 0.0]]))
    expect_array(result, [[1.0, 0.0], [0.5, 0.5]])
    # rows far above and far below zero: subtracting max(0, maximum) is not enough
    logits = random.normal(0, 1, (4, 3)) + row_heights(random)
    expect_array(student.losses.softmax(logits), shares(logits))


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
    result = student.losses.categorical_cross_entropy(np.array([[0.7, 0.2, 0.1]]), cat)
    expect_number(result, np.log(10 / 7))
    result = student.losses.categorical_cross_entropy(np.array([[0.1, 0.6, 0.3]]), cat)
    expect_number(result, np.log(10))


@categorical_cross_entropy.law(0.5, "averages over the rows of nested lists")
def test_categorical_cross_entropy_of_lists(student: Student, random: np.random.Generator) -> None:
    # the right classes had 0.5, 0.25, 0.8 and 0.1
    probabilities = [[0.5, 0.3, 0.2], [0.25, 0.25, 0.5], [0.1, 0.1, 0.8], [0.3, 0.1, 0.6]]
    targets = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]]
    result = student.losses.categorical_cross_entropy(probabilities, targets)
    expect_number(result, -np.log(0.5 * 0.25 * 0.8 * 0.1) / 4)
    values, classes = random.dirichlet(np.ones(3), 5), random.integers(0, 3, 5)
    targets = one_hot(classes, 3).astype(int).tolist()
    result = student.losses.categorical_cross_entropy(values.tolist(), targets)
    expect_number(result, cost_of_classes(values, targets))


def cost_of_classes(probabilities: Array, targets: Any) -> float:
    """The mean cost of the rows: by the probability of all right classes together."""
    right = np.max(probabilities * np.asarray(targets), axis=-1)
    return float(-np.log(np.prod(right)) / len(right))


@categorical_cross_entropy.law(0.5, "stays finite for probabilities of exactly 0")
def test_categorical_cross_entropy_of_zero(student: Student, random: np.random.Generator) -> None:
    loss = student.losses.categorical_cross_entropy
    expect_number(loss(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])), 12 * np.log(10))
    expect_number(loss(np.array([[0.0, 0.5, 0.5]]), np.array([[0.0, 1.0, 0.0]])), np.log(2))
    for seen in random.permutation(2):
        row, right = random.permutation([0.0, *random.dirichlet(np.ones(3))]), np.zeros((1, 4))
        place = int(np.argmax(row)) if seen else int(np.argmin(row))
        right[0, place] = 1.0
        expect_number(loss(row[np.newaxis], right), -np.log(max(row[place], 1e-12)))


@categorical_cross_entropy.law(
    0.25,
    "raises probabilities below epsilon to it and has no bound from above",
    needs=("categorical_cross_entropy_of_zero",),
)
def test_categorical_cross_entropy_clips_at_epsilon(
    student: Student, random: np.random.Generator
) -> None:
    loss, first = student.losses.categorical_cross_entropy, np.array([[1.0, 0.0]])
    expect_number(loss(np.array([[0.5, 0.5]]), first, epsilon=0.125), np.log(2))
    expect_number(loss(np.array([[0.0, 1.0]]), first, epsilon=0.125), np.log(8))
    expect_number(loss(np.array([[1.0, 0.0]]), first, epsilon=0.125), 0.0)
    epsilon, above = float(random.uniform(0.01, 0.2)), float(random.uniform(0.3, 0.9))
    for value, clipped in ((epsilon / 2, epsilon), (above, above)):
        row = np.array([[value, 1 - value]])
        expect_number(loss(row, first, epsilon), -np.log(clipped))


@categorical_cross_entropy.law(0.25, "refuses arguments whose shapes differ")
def test_categorical_cross_entropy_of_other_shapes(
    student: Student, random: np.random.Generator
) -> None:
    with expect_raises(ValueError, "the shapes are (2, 3) and (1, 3)"):
        student.losses.categorical_cross_entropy(TABLE, np.array([[0.0, 1.0, 0.0]]))
    with expect_raises(ValueError, "the shapes are (2, 3) and (2, 1)"):
        student.losses.categorical_cross_entropy(TABLE, np.array([[1.0], [0.0]]))
    with expect_raises(ValueError, "the shapes are (1, 3) and (2, 3)"):
        student.losses.categorical_cross_entropy(TABLE[:1], np.eye(3)[:2])
    expect_refusals(student.losses.categorical_cross_entropy, random)


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
    # The right class of the first row has a probability of 1e-5 or less: log(p + 1e-9) is off by
    # 1e-4 there, which is several times the tolerance of the mean.
    labels, logits = random.integers(0, 4, 5), exact(random.normal(0, 2, (5, 5)))
    logits[-1, 4] = -40
    logits[0, 4] = 1 + logits[0].max()
    logits[0, labels[0]] = logits[0, 4] - 11.5
    probabilities = np.exp(logits - log_sum_exp(logits)[:, None]).astype(float)
    right = log_sum_exp(logits) - logits[np.arange(5), labels]
    targets = one_hot(labels, 5)
    seen = student.losses.categorical_cross_entropy.observe(probabilities, targets)
    expect_number(seen.result, float(right.mean()))
    expect_unchanged(seen, [probabilities, targets])


softmax_cross_entropy_gradient = Criteria("softmax_cross_entropy_gradient")


@softmax_cross_entropy_gradient.example(0.5, "gives half of probability minus target for two rows")
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
    result = student.losses.softmax_cross_entropy_gradient(logits, targets)
    expect_array(result, np.array([[-1, 1], [1, -1], [1, -1], [-1, 1]]) / 8)
    values, right = random.normal(0, 2, (3, 4)), one_hot(random.integers(0, 4, 3), 4).astype(int)
    result = student.losses.softmax_cross_entropy_gradient(values.tolist(), right.tolist())
    expect_array(result, shares(values) / 3 - right / 3)


@softmax_cross_entropy_gradient.law(0.75, "stays finite for logits up to 10,000")
def test_softmax_cross_entropy_gradient_of_huge_logits(
    student: Student, random: np.random.Generator
) -> None:
    logits, targets = np.array([[10_000.0, 0.0, -10_000.0]]), np.array([[0.0, 0.0, 1.0]])
    result = student.losses.softmax_cross_entropy_gradient(logits, targets)
    expect_array(result, [[1.0, 0.0, -1.0]])
    logits = random.normal(0, 1, (4, 3)) + row_heights(random)
    targets = one_hot(random.integers(0, 3, 4), 3)
    result = student.losses.softmax_cross_entropy_gradient(logits, targets)
    expect_array(result, shares(logits) / 4 - targets / 4)


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
    others = ("a picture", "", "number", "four classes", "Two Classes", "mean_squared_error")
    for other in (*others, *misspelt(random)):
        with expect_raises(ValueError, f"the output type is {other!r}"):
            student.losses.choose_loss(other)


@choose_loss.law(
    0.5, "names the three types of output when it refuses", needs=("choose_loss_of_something_else",)
)
def test_choose_loss_names_the_types(student: Student, random: np.random.Generator) -> None:
    for other in ("a picture", *misspelt(random)):
        with expect_raises(ValueError, f"the output type is {other!r}", mentions=tuple(CHOICES)):
            student.losses.choose_loss(other)


def misspelt(random: np.random.Generator) -> list[str]:
    """The types of output, each with one letter changed."""
    texts = []
    for name in CHOICES:
        place = int(random.choice([k for k, letter in enumerate(name) if letter != " "]))
        letter = random.choice(
            [each for each in "abcdefghijklmnopqrstuvwxyz" if each != name[place]]
        )
        texts.append(name[:place] + str(letter) + name[place + 1 :])
    return texts
