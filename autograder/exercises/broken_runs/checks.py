"""Criteria of lesson 7: six programs that were broken, and do what they should."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import (
    Array,
    Unmet,
    expect,
    expect_array,
    expect_in_turn,
    expect_numbers,
    expect_unchanged,
)
from autograder.checking.student import Student
from autograder.exercises.oracles import trajectories
from autograder.exercises.oracles.slopes import one_hot
from autograder.exercises.oracles.sound_runs import (
    descended,
    followed,
    fresh_bowl,
    line,
    many_class_loss,
    two_class_loss,
    watches,
)
from autograder.sandbox.session import Constant, Course, with_formula

BY_SEED = "All that is random must follow from the seed: np.random.default_rng(seed)."


def expect_line(returned: Any, slope: Any, intercept: Any) -> None:
    """Expect two numbers, in any sequence."""
    expect_numbers(returned, [float(slope), float(intercept)])


fit_line = Criteria("fit_line")


@fit_line.example(0.25, "makes the two steps of the example")
def test_fit_line_of_two_points(student: Student) -> None:
    points = [[0.0], [2.0]], [1.0, 5.0]
    student.broken_runs.fit_line.ahead([(*points, 0.25, steps) for steps in (1, 2)])
    returned = [student.broken_runs.fit_line(*points, 0.25, steps) for steps in (1, 2)]
    for found, expected in zip(returned, ((2.5, 1.5), (1.75, 1.0)), strict=True):
        expect_line(found, *expected)


@fit_line.convergence(0.75, "follows the exact descent on fresh points")
def test_fit_line_follows_the_exact_descent(student: Student, random: np.random.Generator) -> None:
    cases = []
    for count, steps in ((40, 60), (3, 7), (250, 30)):
        inputs = random.normal(random.uniform(-1, 1), 1.0, (count, 1))
        targets = random.uniform(1, 3) * inputs[:, 0] + random.normal(2.0, 1.0, count)
        rate = random.uniform(0.05, 0.15)
        cases.append(((inputs, targets, rate, steps), line(inputs, targets, rate, steps)))
    expect_in_turn(
        student.broken_runs.fit_line, cases, lambda found, expected: expect_line(found, *expected)
    )


@fit_line.law(
    0.5,
    "takes lists as well as arrays, starts from zero, and leaves its tables alone",
    needs=("fit_line_follows_the_exact_descent",),
)
def test_fit_line_leaves_its_tables_alone(student: Student, random: np.random.Generator) -> None:
    fit_line = student.broken_runs.fit_line
    count, steps = (int(number) for number in random.integers(3, 9, 2))
    inputs, targets = random.integers(-3, 4, (count, 1)), random.integers(-9, 10, count)
    lists, table = [inputs.tolist(), targets.tolist()], [inputs * 1.0, targets * 1.0]
    fit_line.ahead([(*lists, 0.01, steps), (*lists, 0.01, 0)])
    fit_line.ahead([(*table, 0.01, steps)], observed=True)
    of_lists = expect_numbers(fit_line(*lists, 0.01, steps), length=2)
    expect_line(fit_line(*lists, 0.01, 0), 0, 0)
    seen = fit_line.observe(*table, 0.01, steps)
    expect_line(seen.result, *of_lists)
    expect_unchanged(seen, [*table, 0.01, steps])


logistic_regression = Criteria("logistic_regression")


@logistic_regression.example(0.25, "makes the first step of the example")
def test_logistic_regression_of_the_example(student: Student) -> None:
    table = [[1, 0, 1], [0, 2, 1]], [1, 0]
    expect_array(student.broken_runs.logistic_regression(*table, 2.0, steps=1), [0.5, -1.0, 0.0])
    expect_array(student.broken_runs.logistic_regression(*table, 2.0, steps=0), [0.0, 0.0, 0.0])


@logistic_regression.reference(1.25, "follows the exact descent for few and for many examples")
def test_logistic_regression_follows_the_exact_descent(
    student: Student, random: np.random.Generator
) -> None:
    cases = []
    for count, width, steps in ((6, 2, 20), (int(random.integers(150, 300)), 3, 20), (1, 1, 3)):
        features = random.normal(0.3, 1.0, (count, width))
        noisy = features @ random.normal(size=width) + random.normal(size=count)
        targets = np.heaviside(noisy, 0.0)
        rate = random.uniform(0.3, 1.5)
        expected = descended(two_class_loss(features, targets), np.zeros(width), rate, steps)
        cases.append(((features, targets, rate, steps), expected.astype(float)))
    train = student.broken_runs.logistic_regression
    train.ahead([arguments for arguments, _ in cases], observed=True)
    for arguments, expected in cases:
        seen = train.observe(*arguments)
        expect_array(seen.result, expected)
        expect_unchanged(seen, arguments)


softmax_regression = Criteria("softmax_regression")


@softmax_regression.example(0.25, "makes the steps of the example, whatever the order")
def test_softmax_regression_of_the_example(student: Student) -> None:
    table = [[1, 0], [0, 2]], [[1, 0], [0, 1]]
    train = student.broken_runs.softmax_regression
    cases = []
    for seed in range(6):
        cases.append(((*table, 1.0, 1, 1, seed), [[0.5, -0.5], [-1.0, 1.0]]))
        cases.append(((*table, 1.0, 1, 2, seed), [[0.25, -0.25], [-0.5, 0.5]]))
    expect_in_turn(train, cases, expect_array)
    expect_array(train(*table, 1.0, epochs=0, batch_size=1), [[0.0, 0.0], [0.0, 0.0]])


@softmax_regression.reference(
    0.75, "takes the exact steps wherever the order of the examples makes no difference"
)
def test_softmax_regression_takes_exact_steps(
    student: Student, random: np.random.Generator
) -> None:
    classes, rate = int(random.integers(3, 6)), random.uniform(0.3, 0.9)

    def expect_end(
        features: Array, targets: Array, epochs: int, size: int, rows: list[int], steps: int
    ) -> None:
        """Expect what as many steps with the mean gradient of some rows lead to."""
        loss = many_class_loss(features[rows], targets[rows])
        start = np.zeros((features.shape[1], classes))
        seed = int(random.integers(1000))
        returned = student.broken_runs.softmax_regression.observe(
            features, targets, rate, epochs, size, seed
        )
        expect_array(returned.result, descended(loss, start, rate, steps).astype(float))
        expect_unchanged(returned, [features, targets, rate, epochs, size, seed])

    # all examples in one batch
    features = random.normal(size=(12, 2))
    targets = one_hot(random.integers(0, classes, 12), classes)
    expect_end(features, targets, 5, int(random.integers(12, 20)), list(range(12)), 5)
    # copies of one example: five, five and a last batch of two
    copies = np.tile(random.normal(size=2), (12, 1))
    same = one_hot([int(random.integers(classes))] * 12, classes)
    expect_end(copies, same, 2, 5, [0], 6)


@softmax_regression.order(
    0.5, "takes every example once an epoch, in batches of a new shuffled order"
)
def test_softmax_regression_shuffles(student: Student, random: np.random.Generator) -> None:
    # Every example has its own feature, so each row of weights tells in which batches its example
    # was: a step is longer in the last batch of three than in the one of four. Two such batches are
    # of the same examples once in 35 times: in half of 12 pairs, once in 10⁶.
    count, size, classes, rate = 7, 4, 3, random.uniform(0.3, 0.9)
    features = np.diag(random.uniform(0.5, 2.0, count) * random.choice([-1, 1], count))
    targets = one_hot(random.permutation(np.arange(count) % classes), classes)
    seeds = [int(seed) for seed in random.choice(1000, 12, replace=False)]
    train = student.broken_runs.softmax_regression

    def last_batches(seed: int, epochs: int) -> list[frozenset[int]]:
        """The examples of the last batch of each epoch."""
        weights = expect_array(
            train(features, targets, rate, epochs, size, seed), shape=(count, classes)
        )
        ways = [
            _last_batches_of(row, features[number, number], targets[number], rate, epochs)
            for number, row in enumerate(weights)
        ]
        return [
            frozenset(number for number, way in enumerate(ways) if way[epoch])
            for epoch in range(epochs)
        ]

    train.ahead([(features, targets, rate, 2, size, seed) for seed in (*seeds, seeds[0])])
    runs = [last_batches(seed, 2) for seed in seeds]
    for batches in runs:
        for batch in batches:
            expect(
                len(batch) == count % size,
                f"{count} examples in batches of {size} end with a batch of {len(batch)}",
                advice="The smaller last batch is kept, and its mean is over its own examples.",
            )
    expect(
        len({first for first, _ in runs}) > len(runs) / 2,
        "the examples are in the same batches for nearly all seeds",
        advice="Draw one order of all examples in each epoch, from the generator of the seed.",
    )
    expect(
        sum(first != second for first, second in runs) > len(runs) / 2,
        "two epochs in a row have the same order",
        advice="Draw a new order in each epoch, from one generator made before the first.",
    )
    again = last_batches(seeds[0], 2)
    expect(again == runs[0], "the same seed gives another order", advice=BY_SEED)
    settings = features, targets, rate, 3, size
    train.ahead([(*settings, 0), settings])
    zero = train(*settings, 0)
    without = np.array_equal(zero, train(*settings))
    expect(without, "without a seed the order is another than for seed 0")


def _last_batches_of(
    row: Array, feature: float, target: Array, rate: float, epochs: int
) -> tuple[bool, ...]:
    """In which epochs an example that shares no feature was in the last batch of three."""
    places: dict[tuple[bool, ...], Array] = {(): np.zeros(len(target))}
    for _ in range(epochs):
        further = {}
        for way, weights in places.items():
            powers = np.exp(feature * weights)
            errors = powers / powers.sum() - target
            for last, size in ((False, 4), (True, 3)):
                further[(*way, last)] = weights - rate * feature * errors / size
        places = further
    nearest = min(places, key=lambda way: float(np.abs(places[way] - row).max()))
    if not np.allclose(places[nearest], row, rtol=1e-6, atol=1e-9):
        raise Unmet(
            "an example does not move its weights by one step an epoch, with the mean "
            "gradient of its batch",
            advice="Give each example its own feature, and look at the weights after one epoch.",
        )
    return nearest


def expect_path(
    student: Student,
    program: str,
    optimizer: Callable[..., Any],
    random: np.random.Generator,
    shapes: dict[tuple[int, ...], int],
    size: float = 1.0,
    **settings: float,
) -> None:
    """Expect a program to follow the exact path on fresh bowls of some shapes, and of a size."""
    cases = []
    for shape, steps in shapes.items():
        bowl, start = fresh_bowl(random, shape, size), random.normal(0.0, 2.0, shape)
        expected = followed(optimizer, bowl, start, steps, **settings).astype(float)
        arguments = [*settings.values(), steps]
        cases.append(((with_formula(bowl), start, *arguments), expected))
    expect_in_turn(getattr(student.broken_runs, program), cases, expect_array)


train_with_momentum = Criteria("train_with_momentum")


@train_with_momentum.example(0.25, "rolls through the three steps of the example")
def test_train_with_momentum_rolls_on(student: Student) -> None:
    slope = with_formula(Constant(np.array([4.0]), "weights"), name="slope")
    path = student.broken_runs.train_with_momentum(slope, [10], 0.25, 0.5, 3)
    expect_array(path, [[10.0], [9.0], [7.5], [5.75]])


@train_with_momentum.reference(0.75, "follows the exact path on fresh bowls")
def test_train_with_momentum_follows_the_exact_path(
    student: Student, random: np.random.Generator
) -> None:
    settings = {"learning_rate": random.uniform(0.05, 0.2), "momentum": random.uniform(0.5, 0.9)}
    shapes: dict[tuple[int, ...], int] = {(3,): 60, (2, 2): 20, (): 8}
    expect_path(student, "train_with_momentum", trajectories.momentum, random, shapes, **settings)


@train_with_momentum.law(0.5, "leaves its start alone, and returns it where there are no steps")
def test_train_with_momentum_leaves_its_start_alone(
    student: Student, random: np.random.Generator
) -> None:
    expect_start_kept(student, "train_with_momentum", random, 0.25, 0.5)


def expect_start_kept(
    student: Student, name: str, random: np.random.Generator, *settings: float
) -> None:
    """Expect a program that returns a path to leave its start as it is."""
    program = getattr(student.broken_runs, name)
    start = random.normal(size=3)
    gradient = with_formula(fresh_bowl(random, (3,)))
    steps = int(random.integers(2, 6))
    at_once, arguments = (
        [gradient, start.tolist(), *settings, 0],
        [gradient, start, *settings, steps],
    )
    program.ahead([at_once])
    program.ahead([arguments], observed=True)
    expect_array(program(*at_once), start[np.newaxis])
    seen = program.observe(*arguments)
    expect_array(expect_array(seen.result, shape=(steps + 1, 3))[0], start)
    expect_unchanged(seen, arguments)


train_with_adam = Criteria("train_with_adam")


@train_with_adam.example(0.25, "takes steps as long as the learning rate on a constant slope")
def test_train_with_adam_keeps_its_pace(student: Student) -> None:
    slope = with_formula(Constant(np.array([4.0]), "weights"), name="slope")
    path = student.broken_runs.train_with_adam(slope, [10], 0.5, 4)
    expect_array(path, [[10.0], [9.5], [9.0], [8.5], [8.0]])


@train_with_adam.reference(
    1.25, "follows the exact path on fresh bowls, steep and nearly flat ones"
)
def test_train_with_adam_follows_the_exact_path(
    student: Student, random: np.random.Generator
) -> None:
    rate = random.uniform(0.01, 0.03)
    shapes: dict[tuple[int, ...], int] = {(3,): 120, (2, 2): 12, (): 5}
    adam, settings = trajectories.adam, {"learning_rate": rate}
    expect_path(student, "train_with_adam", adam, random, shapes, **settings)
    expect_path(student, "train_with_adam", adam, random, {(2,): 5}, size=1e-8, **settings)
    expect_start_kept(student, "train_with_adam", random, rate)
    # a constant slope, until 0.999 to the power of the count is below one half
    slope = float(random.uniform(1, 5))
    constant = with_formula(Constant(np.array([slope]), "weights"), name="constant")
    path = student.broken_runs.train_with_adam(constant, [0.0], rate, 720)
    expect_array(path, -rate * slope / (slope + 1e-8) * np.arange(721.0)[:, np.newaxis])


train_until_worse = Criteria("train_until_worse")


@train_until_worse.example(0.25, "returns the weights at the lowest loss of the example")
def test_train_until_worse_of_the_example(student: Student) -> None:
    slope = with_formula(Constant(np.array([-1.0]), "weights"), name="slope")

    distances = [abs(place - 3.0) for place in range(60)]
    distance = with_formula(Course(distances, [0.0], -1.0), name="distance")
    train = student.broken_runs.train_until_worse
    starts = [(slope, distance, [start], 1.0, 50) for start in (0, 4)]
    train.ahead(starts, keywords={"patience": 2})
    returned = [train(*arguments, patience=2) for arguments in starts]
    for weights, expected in zip(returned, (3.0, 4.0), strict=True):
        expect_array(weights, [expected])


@train_until_worse.reference(0.75, "finds the best weights of fresh descents, and stops in time")
def test_train_until_worse_finds_the_best(student: Student, random: np.random.Generator) -> None:
    cases = []
    for number, watch in enumerate(watches(random)):
        shape: tuple[int, ...] = ((2,), (), (2, 2))[number % 3]
        start, rate = random.normal(size=shape), random.uniform(0.1, 1.0)
        slope = random.uniform(0.3, 0.7)
        expected = start - watch.best * rate * slope
        descent = _descent(watch.losses, start, rate, slope)
        cases.append(((*descent, start, rate, watch.max_steps, watch.patience), expected))
    expect_in_turn(student.broken_runs.train_until_worse, cases, expect_array)


@train_until_worse.law(0.5, "leaves its start alone, and returns an array of its own")
def test_train_until_worse_leaves_its_start_alone(
    student: Student, random: np.random.Generator
) -> None:
    fall = [float(loss) for loss in np.sort(random.uniform(1, 2, 4))]
    courses = [9.0, 8.0, *fall], [0.5, *fall]
    starts = random.normal(size=(2, 2))
    cases = [
        [*_descent(tuple(losses), start, 0.5), start, 0.5, 5, 9]
        for losses, start in zip(courses, starts, strict=True)
    ]
    student.broken_runs.train_until_worse.ahead(cases, observed=True)
    for arguments, losses, start in zip(cases, courses, starts, strict=True):
        seen = student.broken_runs.train_until_worse.observe(*arguments)
        expect_array(seen.result, start - 0.5 * int(np.argmin(losses)))
        expect_unchanged(seen, arguments)


def _descent(
    losses: tuple[float, ...], start: Array, rate: float, slope: float = 1.0
) -> tuple[Any, Any]:
    """A constant gradient and a loss that is given after each step; after the last it is huge."""
    gradient = with_formula(Constant(np.full(np.shape(start), slope), "weights"))
    return gradient, with_formula(Course(losses, start, rate * slope), name="loss")
