"""From strokes on a pad to an image as in the table of digits, and ten digits drawn by hand."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lab.data import Array

FINE = 32  # dots along each side of the bitmap; four by four of them make a pixel
INK = 330  # grey levels of an image, all 64 together: about 310 in the table, where pens are softer
WIDEST = 24  # dots across: six pixels, as wide as most digits of the table
SQUEEZE = 2  # how much more a scrawl may be shrunk across than down, or the other way round

# Ten digits on a grid of ten by ten, across and down: what a calm hand would draw.
BY_HAND = {
    0: ("50 31 23 25 27 39 59 79 87 85 82 71 50",),
    1: ("32 50 55 59",),
    2: ("22 31 50 70 82 73 55 37 29 49 89",),
    3: ("21 50 71 72 63 44 64 76 78 69 49 28",),
    4: ("60 45 26 46 86", "63 66 69"),
    5: ("80 30 24 44 64 76 78 69 49 28",),
    6: ("61 43 34 25 27 38 59 78 77 66 46 28",),
    7: ("20 50 80 64 49", "35 55 75"),
    8: ("71 50 31 32 54 76 78 59 39 37 45 64 72 71",),
    9: ("72 51 31 23 34 54 72 71 74 79",),
}


def drawn_by_hand(digit: int) -> list[Array]:
    """The strokes of a digit as a calm hand draws it, in a square of side 1.

    Examples
    --------
    >>> [len(stroke) > 10 for stroke in drawn_by_hand(4)]
    [True, True]
    """
    return [
        _rounded(np.array([[int(point[0]), int(point[1])] for point in stroke.split()]) / 10 + 0.05)
        for stroke in BY_HAND[digit]
    ]


def _rounded(points: Array, times: int = 2) -> Array:
    """Chaikin's corner cutting: the ends stay, each corner gives way to two flatter ones."""
    for _ in range(times):
        inner = np.stack(
            [0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]], 1
        )
        points = np.vstack([points[:1], inner.reshape(-1, 2)[1:-1], points[-1:]])
    return points


def as_image(strokes: Sequence[Any]) -> Array:
    """The image of some strokes, made as those of the table: 64 grey levels from 0 to 16.

    As in the table the digit is as high as the image, in its middle, and the pen so broad that the
    ink has the usual amount; then each pixel counts the inked dots among four by four.

    Parameters
    ----------
    strokes : sequence of arrays (n, 2)
        Points across and down, in any unit; a stroke of one point is a dot.

    Returns
    -------
    numpy.ndarray
        Shape (64,), row by row; zeros where there is no stroke.

    References
    ----------
    E. Alpaydin and C. Kaynak (1998). Optical recognition of handwritten digits. UCI Machine
    Learning Repository. https://doi.org/10.24432/C50P49

    Examples
    --------
    >>> image = as_image(drawn_by_hand(1)).reshape(8, 8)
    >>> bool(image[:, 3:5].sum() > image[:, :3].sum()), image.max() <= 16
    (True, True)
    """
    lines = [np.asarray(stroke, float).reshape(-1, 2) for stroke in strokes if len(stroke)]
    if not lines:
        return np.zeros(64)
    pen = 4.0
    for _ in range(2):  # the size of the ink depends on the pen, and the pen on the size
        distances = _distances(_placed(lines, pen))
        pen = float(np.clip(2 * np.sort(distances, axis=None)[INK], 2, 9))
    dots = np.clip(pen / 2 - distances + 0.5, 0, 1)
    return np.asarray(np.round(dots.reshape(8, 4, 8, 4).sum(axis=(1, 3))).ravel())


def _placed(lines: list[Array], pen: float) -> list[Array]:
    """Strokes moved and scaled so that their ink fills the bitmap from top to bottom."""
    points = np.vstack(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.maximum(high - low, 1e-9)
    across, down = (np.array([WIDEST, FINE]) - pen) / size
    across, down = min(across, down), min(down, SQUEEZE * across)
    return [(line - (low + high) / 2) * (across, down) + FINE / 2 for line in lines]


def _distances(lines: list[Array]) -> Array:
    """For each dot of the bitmap, how far the nearest point of a stroke is."""
    points = np.vstack([_dense(line) for line in lines])
    across, down = ((np.arange(FINE) + 0.5)[:, None] - points.T[:, None]) ** 2
    return np.asarray(np.sqrt((down[:, None] + across[None]).min(axis=-1)))


def _dense(line: Array) -> Array:
    """Points along a stroke, half a dot apart."""
    length = np.append(0, np.hypot(*np.diff(line, axis=0).T).cumsum())
    at = np.arange(0, length[-1] + 0.5, 0.5)
    return np.stack([np.interp(at, length, line[:, axis]) for axis in (0, 1)], axis=-1)
