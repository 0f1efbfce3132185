"""Losses to walk on: hills of one weight, and the gallery of landscapes on which optimizers race.

The banana is the function of H. H. Rosenbrock, "An automatic method for finding the greatest or
least value of a function", The Computer Journal 3, 1960, pp. 175-184.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.data import Array

RAVINE_CURVATURES = (1.0, 40.0)  # along it, across it
TURNED_START = (-10.1 / 2**0.5, -7.9 / 2**0.5)  # (-9, 1.1), turned by 45 degrees
RACE_STEPS = 200
RUNNERS = ("SGD", "Momentum", "RMSprop", "Adam", "AdamW")  # the optimizers of lesson 4, in order
TAIL = 20  # the last tenth of a race, as for `judge_learning_rate`
NOISE_SEED = 4  # of the race that everybody sees
RATE_EXPONENTS = np.arange(-80, 9) / 20  # log10 of the learning rates that are compared
TWO_VALLEYS_SLOPE = (1.0, 0.0, -4.0, 0.5)  # w³ − 4w + ½


@dataclass(frozen=True)
class Ground:
    """A loss to walk on: what hills, of one weight, and landscapes, of two, have in common.

    Attributes
    ----------
    name, text : str
        Key, and one sentence for the reader.
    loss : callable
        The loss of the weights, elementwise.
    """

    name: str
    text: str
    loss: Callable[..., Any]


@dataclass(frozen=True)
class Landscape(Ground):
    """A loss of two weights, ``loss(x, y)``, 0 at the lowest place, and how a race on it begins.

    Attributes
    ----------
    gradient : callable
        ``gradient(weights)`` → gradient, for an array of shape (..., 2).
    x_range, y_range : tuple of float
        The weights at the edges of the map.
    start : tuple of float
        Where the race begins.
    best_exponents : dict
        For each optimizer the log10 of its own best learning rate, one of `RATE_EXPONENTS`: the
        one with the lowest `level`. A test recomputes them.
    lowest : tuple of points
        Where the loss is lowest.
    contours : tuple of float
        Losses of the lowest and the highest contour.
    exponents : tuple of int
        Powers of ten at the ends of the loss axis.
    noise : float
        Standard deviation of the noise on each gradient element.
    """

    gradient: Callable[[Array], Array]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    start: tuple[float, float]
    best_exponents: Mapping[str, float]
    lowest: tuple[tuple[float, float], ...] = ((0.0, 0.0),)
    contours: tuple[float, float] = (0.3, 100.0)
    exponents: tuple[int, int] = (-8, 3)
    noise: float = 0.0

    @property
    def rates(self) -> dict[str, float]:
        """The best learning rate of each optimizer."""
        return {name: float(10**exponent) for name, exponent in self.best_exponents.items()}

    def noises(self, steps: int, seed: int = NOISE_SEED) -> Array:
        """The noise of every step, the same for each runner and at each race: shape (steps, 2)."""
        return self.noise * np.random.default_rng(seed).normal(size=(steps, 2))


def level(losses: Any) -> Any:
    """Where a race ends: the mean of its last `TAIL` losses, along the last axis; inf for nan.

    Examples
    --------
    >>> float(level([5.0] * 181 + [1.0, 3.0] * 10))
    2.0
    """
    means = np.asarray(losses, dtype=float)[..., -TAIL:].mean(axis=-1)
    return np.where(np.isnan(means), np.inf, means)[()]


def quadratic(curvatures: tuple[float, float]) -> tuple[Any, Any]:
    """Loss and gradient of ½(a·x² + b·y²).

    Examples
    --------
    >>> loss, gradient = quadratic((1.0, 40.0))
    >>> loss(2.0, 1.0), gradient(np.array([2.0, 1.0])).tolist()
    (22.0, [2.0, 40.0])
    """
    both = np.array(curvatures)

    def loss(x: Any, y: Any) -> Any:
        return 0.5 * (curvatures[0] * x**2 + curvatures[1] * y**2)

    return loss, lambda weights: both * weights


def _saddle(x: Any, y: Any) -> Any:
    return x**2 / 2 + (y**2 - 1) ** 2 / 4


def _saddle_gradient(weights: Array) -> Array:
    x, y = weights[..., 0], weights[..., 1]
    return np.stack([x, y**3 - y], axis=-1)


def _banana(x: Any, y: Any) -> Any:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _banana_gradient(weights: Array) -> Array:
    x, y = weights[..., 0], weights[..., 1]
    return np.stack([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)], axis=-1)


def turned(curvatures: tuple[float, float], degrees: float) -> tuple[Any, Any]:
    """Loss and gradient of `quadratic`, its axes turned by so many degrees against the clock.

    Examples
    --------
    >>> loss, gradient = turned((1.0, 40.0), 90)
    >>> gradient(np.array([2.0, 1.0])).round(9).tolist()  # the steep axis is the first one now
    [80.0, 1.0]
    """
    angle = np.radians(degrees)
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    straight, slopes = quadratic(curvatures)

    def loss(x: Any, y: Any) -> Any:
        return straight(*(axis[0] * x + axis[1] * y for axis in axes))

    return loss, lambda weights: slopes(weights @ axes.T) @ axes


LANDSCAPES = {
    landscape.name: landscape
    for landscape in (
        Landscape(
            "bowl",
            "Round: the gradient points straight at the lowest place.",
            *quadratic((1.0, 1.0)),
            (-10, 10),
            (-7, 7),
            (-8, 4),
            {"SGD": -0.05, "Momentum": -2.45, "RMSprop": -0.45, "Adam": 0.2, "AdamW": 0.4},
        ),
        Landscape(
            "ravine",
            "Forty times as steep across as along.",
            *quadratic(RAVINE_CURVATURES),
            (-10, 4),
            (-2, 2),
            (-9, 1.1),
            {"SGD": -1.35, "Momentum": -2.45, "RMSprop": 0.0, "Adam": -0.25, "AdamW": 0.4},
        ),
        Landscape(
            "turned ravine",
            "The same ravine, turned by 45 degrees: no weight runs along it.",
            *turned(RAVINE_CURVATURES, 45),
            (-10, 6),
            (-8, 6),
            TURNED_START,
            {"SGD": -1.35, "Momentum": -2.45, "RMSprop": -0.25, "Adam": 0.0, "AdamW": 0.4},
        ),
        Landscape(
            "saddle",
            "Downhill leads onto a pass; there the slope is nearly zero.",
            _saddle,
            _saddle_gradient,
            (-2.5, 2.5),
            (-1.7, 1.7),
            (-2, 0.01),
            {"SGD": -0.1, "Momentum": -0.35, "RMSprop": -0.95, "Adam": -0.15, "AdamW": -0.2},
            lowest=((0.0, -1.0), (0.0, 1.0)),
            contours=(0.02, 5.0),
            exponents=(-8, 2),
        ),
        Landscape(
            "banana",
            "Rosenbrock's function: a bent, narrow valley, nearly flat along its floor.",
            _banana,
            _banana_gradient,
            (-2.2, 2.2),
            (-1, 3.2),
            (-1.5, 2),
            {"SGD": -2.7, "Momentum": -2.7, "RMSprop": -0.7, "Adam": -0.05, "AdamW": 0.2},
            lowest=((1.0, 1.0),),
            contours=(0.2, 2000.0),
            exponents=(-4, 4),
        ),
        Landscape(
            "noisy bowl",
            "Every gradient carries noise, the same for all.",
            *quadratic((1.0, 4.0)),
            (-10, 10),
            (-7, 7),
            (-8, 4),
            {"SGD": -1.7, "Momentum": -2.75, "RMSprop": -1.2, "Adam": -1.0, "AdamW": -1.05},
            exponents=(-4, 3),
            noise=3.0,
        ),
    )
}


@dataclass(frozen=True)
class Hill(Ground):
    """A loss of one weight.

    Attributes
    ----------
    title : str
        Heading for the reader.
    low, high : float
        The weights at the edges of the picture.
    top : float
        The loss at the upper edge of the picture.
    start, learning_rate : float
        Where the walk begins when the hill is chosen, and how.
    valleys : tuple of (name, weight)
        The lowest places, from left to right.
    """

    title: str
    low: float
    high: float
    top: float
    start: float
    learning_rate: float
    valleys: tuple[tuple[str, float], ...]


def _two_valleys() -> tuple[tuple[str, float], ...]:
    """The flat places of w⁴/4 − 2w² + w/2 + 6: roots of its slope."""
    left, _, right = np.sort(np.roots(TWO_VALLEYS_SLOPE).real)
    return ("left valley", float(left)), ("right valley", float(right))


HILLS = {
    hill.name: hill
    for hill in (
        Hill(
            "parabola",
            "The parabola (w − 3)², which the lesson works by hand.",
            lambda w: (w - 3) ** 2,
            "one valley",
            -1.0,
            7.0,
            16.0,
            0.0,
            0.25,
            (("valley", 3.0),),
        ),
        Hill(
            "two valleys",
            "A hilltop between two valleys, of which the left one is deeper.",
            lambda w: w**4 / 4 - 2 * w**2 + w / 2 + 6,
            "two valleys",
            -3.2,
            3.2,
            12.0,
            2.9,
            0.04,
            _two_valleys(),
        ),
        Hill(
            "plain",
            "Far from the valley the ground is nearly flat, though high.",
            lambda w: 4 - 4 * np.exp(-(w**2) / 2),
            "a plain",
            -5.0,
            5.0,
            5.0,
            -3.0,
            0.25,
            (("valley", 0.0),),
        ),
    )
}
