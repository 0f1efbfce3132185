"""What sound runs come to, without their programs: oracles for lesson 7."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checking.expectations import Array
from autograder.exercises.oracles.slopes import Exact, exact, log_sum_exp, slopes
from autograder.sandbox.session import Slope


def line(inputs: Array, targets: Array, learning_rate: float, steps: int) -> Exact:
    """Slope and intercept after some steps of descent, by one power of a matrix.

    A step is affine: with a 1 below them, slope and intercept are multiplied by one matrix.
    """
    rows = exact(np.column_stack([inputs, np.ones(len(inputs))]))
    scaled = 2 * exact(learning_rate) / len(rows) * rows.T
    step = exact(np.eye(3))
    step[:2, :2] -= scaled @ rows
    step[:2, 2] = scaled @ exact(targets)
    return np.asarray(np.linalg.matrix_power(step, steps)[:2, 2], dtype=np.longdouble)


def descended(
    loss: Callable[[Exact], Any], start: Array, learning_rate: float, steps: int
) -> Exact:
    """The weights after some steps of descent on a loss, whose slopes are taken by differences."""
    weights = exact(start)
    for _ in range(steps):
        weights = weights - exact(learning_rate) * slopes(loss, weights)
    return weights


def two_class_loss(features: Array, targets: Array) -> Callable[[Exact], Any]:
    """The mean binary cross-entropy of logits features @ weights."""
    rows, wanted = exact(features), exact(targets)

    def loss(weights: Exact) -> Any:
        logits = rows @ weights
        return np.mean(np.logaddexp(0, logits) - wanted * logits)

    return loss


def many_class_loss(features: Array, targets: Array) -> Callable[[Exact], Any]:
    """The mean categorical cross-entropy of logits features @ weights."""
    rows, wanted = exact(features), exact(targets)

    def loss(weights: Exact) -> Any:
        logits = rows @ weights
        return np.mean(log_sum_exp(logits) - np.sum(wanted * logits, axis=-1))

    return loss


def fresh_bowl(random: np.random.Generator, shape: tuple[int, ...], size: float = 1.0) -> Slope:
    """The gradient of a drawn bowl with curvatures from 0.5 to 3 times a size."""
    width = int(np.prod(shape, dtype=int))
    axes, _ = np.linalg.qr(random.normal(size=(width, width)))
    hessian = size * (axes * random.uniform(0.5, 3.0, width)) @ axes.T
    return Slope(hessian, random.normal(0.0, 2.0, shape))


def followed(
    optimizer: Callable[..., Exact], bowl: Slope, start: Array, steps: int, **settings: float
) -> Exact:
    """The path of an optimizer of `autograder.exercises.oracles.trajectories` on a bowl."""
    gradients: list[Any] = []
    path = exact(start)[np.newaxis]
    for _ in range(steps):
        gradients.append(bowl(path[-1]))
        path = optimizer(start, np.array(gradients), **settings)
    return path


@dataclass(frozen=True)
class Watch:
    """A descent that is watched: the losses after 0, 1, 2, … steps, and when to stop."""

    losses: tuple[float, ...]
    max_steps: int
    patience: int

    @property
    def best(self) -> int:
        """After how many steps the weights are best, of those that are seen."""
        seen = self.losses[: self.max_steps + 1]
        best = 0
        for step, loss in enumerate(seen):
            if loss < seen[best]:
                best = step
            if step - best == self.patience:
                break
        return best


def watches(random: np.random.Generator) -> list[Watch]:
    """Drawn descents to watch: for each way to stop at the wrong place some that show it."""
    found = []
    for _ in range(2):
        patience = int(random.integers(2, 5))
        fall = np.cumsum(random.uniform(0.2, 1.0, int(random.integers(3, 7))))[::-1] + 5
        low = float(fall[-1])
        worse = [low + float(up) for up in -np.sort(-random.uniform(0.1, 3, 12))]
        short, long = worse[: patience - 1], worse[:patience]
        better, best = low - 1, low - 2
        courses = (
            [*short, better, *short, best, *worse],  # two rests, neither of them too long
            [*long, best, *worse],  # the best comes too late
            [low, *short, *worse],  # the same loss again is no improvement
            [low + 0.05, low + 0.04, better, *worse] if patience > 2 else [better, *worse],
        )
        for course in courses:
            losses = (*map(float, fall), *course, *([9e9] * patience))
            found.append(Watch(losses, 50, patience))
        falling = (*map(float, fall), better, best)
        found.append(Watch(falling, len(fall), patience))  # a step before the last one of all
        found.append(Watch((low, *worse), 10, patience))  # the start is best
        found.append(Watch((low, *short, best, *worse), 50, patience))  # of those that are seen
        found.append(Watch((low, *long, best, *worse), 50, patience))
        found.append(Watch((low, best), 0, patience))
    return [found[number] for number in random.permutation(len(found))]
