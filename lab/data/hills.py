"""Hills for a walk with a single weight: their loss, and what the walker reads about them."""

from dataclasses import dataclass

import numpy as np

from lab.data.landscapes import Ground

TWO_VALLEYS_SLOPE = (1.0, 0.0, -4.0, 0.5)  # w³ − 4w + ½


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
