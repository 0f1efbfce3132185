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
        ``gradient(weights)`` → gradient, for an array of shape (2,).
    x_range, y_range : tuple of float
        The weights at the edges of the map.
    start : tuple of float
        Where the race begins.
    rates : dict
        A sensible learning rate for each optimizer.
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
    rates: Mapping[str, float]
    lowest: tuple[tuple[float, float], ...] = ((0.0, 0.0),)
    contours: tuple[float, float] = (0.3, 100.0)
    exponents: tuple[int, int] = (-8, 3)
    noise: float = 0.0

    def noises(self, steps: int, seed: int = 4) -> Array:
        """The noise of every step, the same for each runner and at each race: shape (steps, 2)."""
        return self.noise * np.random.default_rng(seed).normal(size=(steps, 2))


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
    x, y = weights
    return np.array([x, y**3 - y])


def _banana(x: Any, y: Any) -> Any:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _banana_gradient(weights: Array) -> Array:
    x, y = weights
    return np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])


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
            {"SGD": 0.2, "Momentum": 0.02, "RMSprop": 0.05, "Adam": 0.2},
        ),
        Landscape(
            "ravine",
            "Forty times as steep across as along.",
            *quadratic(RAVINE_CURVATURES),
            (-10, 4),
            (-2, 2),
            (-9, 1.1),
            {"SGD": 0.02, "Momentum": 0.02, "RMSprop": 0.05, "Adam": 0.16},
        ),
        Landscape(
            "saddle",
            "Downhill leads onto a pass; there the slope is nearly zero.",
            _saddle,
            _saddle_gradient,
            (-2.5, 2.5),
            (-1.7, 1.7),
            (-2, 0.01),
            {"SGD": 0.02, "Momentum": 0.005, "RMSprop": 0.02, "Adam": 0.05},
            lowest=((0.0, -1.0), (0.0, 1.0)),
            contours=(0.02, 5.0),
            exponents=(-8, 2),
        ),
        Landscape(
            "banana",
            "A bent, narrow valley, nearly flat along its floor.",
            _banana,
            _banana_gradient,
            (-2.2, 2.2),
            (-1, 3.2),
            (-1.5, 2),
            {"SGD": 0.001, "Momentum": 0.001, "RMSprop": 0.02, "Adam": 0.32},
            lowest=((1.0, 1.0),),
            contours=(0.2, 2000.0),
            exponents=(-4, 4),
        ),
        Landscape(
            "noisy bowl",
            "Every gradient carries noise, the same for all four.",
            *quadratic((1.0, 4.0)),
            (-10, 10),
            (-7, 7),
            (-8, 4),
            {"SGD": 0.05, "Momentum": 0.005, "RMSprop": 0.1, "Adam": 0.2},
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
