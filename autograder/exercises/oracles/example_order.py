"""Example gradients that note in which order, and at which weights, they are asked."""

from typing import Any

import numpy as np

from autograder.checking.expectations import Array, expect
from autograder.checking.student import Student
from autograder.exercises.oracles.slopes import Exact


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

    def example_gradient(weights: Any, i: Any) -> Array:
        order.append(expect_index(i, count))
        return np.ones(1)

    descend = student.optimizers.stochastic_gradient_descent
    descend(example_gradient, [0.0], count, 0.5, epochs, **options)
    expect(
        len(order) == count * epochs,
        "example_gradient is not called n_examples · epochs times",
        advice=f"{count} examples, {epochs} epochs: {count * epochs} calls, not {len(order)}.",
    )
    return [order[first : first + count] for first in range(0, len(order), count)]
