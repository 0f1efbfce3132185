"""Example gradients that note in which order, and at which weights, they are asked; and orders."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.checking.expectations import Array, expect, expect_array
from autograder.checking.student import Student
from autograder.exercises.oracles.slopes import Exact
from autograder.exercises.oracles.walks import expect_no_other_calls
from autograder.sandbox.session import Constant, Symbol, traced, with_formula


class Examples:
    """Example gradients of a least-squares problem, which note where they were asked.

    The loss of example i is half the squared difference between a linear function of the weights
    and a number: its gradient depends on the weights, and the order matters.
    """

    def __init__(self, random: np.random.Generator, count: int, shape: tuple[int, ...]) -> None:
        self.features = random.normal(0.0, 1.0, (count, *shape))
        self.targets = random.normal(0.0, 2.0, count)
        self.order: list[int] = []
        self.places: list[Array] = []
        formula = traced(self._slope, weights=shape, i=count)
        vars(self)["gradient"] = with_formula(formula, self.gradient)

    def _slope(self, weights: Any, i: Any) -> Any:
        row, target = (Symbol("getitem", table, i) for table in (self.features, self.targets))
        return Symbol("asarray", (np.sum(row * weights) - target) * row)

    def gradient(self, weights: Any, i: Any) -> Array:
        """The gradient of one example."""
        number, place = expect_index(i, len(self.targets)), np.array(weights, dtype=float)
        expect(
            place.shape == self.features.shape[1:],
            "example_gradient gets weights of another shape than that of start",
        )
        self.order.append(number)
        self.places.append(place)
        row = self.features[number]
        return np.asarray((np.sum(row * place) - self.targets[number]) * row)

    def path(self, start: Any, learning_rate: float) -> tuple[Exact, Exact]:
        """The weights before each noted call, and the weights after each epoch."""
        weights = np.array(start, dtype=np.longdouble)
        before, kept = [], [weights]
        for calls, number in enumerate(self.order, start=1):
            before.append(weights)
            row = self.features[number].astype(np.longdouble)
            error = np.sum(row * weights) - self.targets[number]
            weights = weights - learning_rate * error * row
            if calls % len(self.targets) == 0:
                kept.append(weights)
        return np.array(before), np.array(kept)


def expect_index(i: Any, count: int) -> int:
    """Expect the number of an example: an int from 0 to count − 1."""
    is_int = isinstance(i, (int, np.integer)) and not isinstance(i, bool)
    expect(is_int, "example_gradient gets an i that is not an int", advice="Hand over int(i).")
    expect(0 <= i < count, "example_gradient gets an i outside of 0 … n_examples − 1")
    return int(i)


def visits(student: Student, count: int, epochs: int, **options: Any) -> list[list[int]]:
    """The numbers of the examples in the order in which they were taken, one list an epoch."""
    order: list[int] = []

    def example_gradient(weights: Any, i: Any) -> None:
        order.append(expect_index(i, count))

    descend = student.optimizers.stochastic_gradient_descent
    gradient = with_formula(Constant(np.ones(1), "weights", "i"), example_gradient)
    path = descend(gradient, [0.0], count, 0.5, epochs, **options)
    expect_no_other_calls(student, len(order), "example_gradient")
    expect(
        len(order) == count * epochs,
        "example_gradient is not called n_examples · epochs times",
        advice=f"{count} examples, {epochs} epochs: {count * epochs} calls, not {len(order)}.",
    )
    expect_array(path, -0.5 * count * np.arange(epochs + 1)[:, np.newaxis])
    return [order[first : first + count] for first in range(0, len(order), count)]


def expect_shuffled(orders: Sequence[Sequence[float]], advice: str) -> None:
    """Expect orders of the same numbers, twenty or more of twelve or more, to be drawn at random.

    Of all pairs of a number and its place, and of a number and what follows it, random orders hold
    many, and one order that is turned or moved on holds few. Of the differences, modulo the count,
    between neighbors and between two orders, a random order has about 0.63 for each number, and
    one that is counted off in equal steps, or moved up, has one or two. Half of what is expected
    lies more than ten standard deviations below it.
    """
    table = np.array(orders, dtype=int)
    size, count = table.shape[1], table.size
    after = np.roll(table, -1, axis=1)
    places = len({(n, place) for order in table.tolist() for place, n in enumerate(order)})
    followers = len(set(zip(table.ravel().tolist(), after.ravel().tolist(), strict=True)))
    few = size**2 / 2 * (1 - np.exp(-count / size**2))
    steps = np.mean([len(set(row)) for row in ((after - table) % size).tolist()])
    moves = np.mean([len(set(row)) for row in (np.diff(table, axis=0) % size).tolist()])
    expect(
        places > few and followers > few and min(steps, moves) > 0.315 * size,
        "the orders follow a pattern: they are not drawn at random",
        advice=advice,
    )


def neighbors_together(order: Sequence[float]) -> int:
    """How many numbers of an order are followed by the next one or the one before.

    There are two on average in a random order, of any length, and 16 or more once in 2 · 10⁹ times.
    """
    return sum(abs(a - b) == 1 for a, b in pairwise(order))
