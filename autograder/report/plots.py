"""Where the marks of the report's drawings go; `templates/plots.html` draws them.

Every drawing is beside a table of the same numbers, so that none is the only way to them: the small
ones inside table cells are hidden from screen readers, the histogram has a text.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Bin:
    """A range of scores, and how many are in it; the last one includes its upper end."""

    low: float
    high: float
    count: int

    @property
    def label(self) -> str:
        """The range in words."""
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Histogram:
    """How many have which score, with the median marked.

    Attributes
    ----------
    bins : sequence of Bin
        From `bins_of`.
    median : float
        Where to draw the line.
    """

    bins: Sequence[Bin]
    median: float

    width, height = 720, 260
    left, right, top, bottom = 48, 704, 36, 214

    @property
    def fullest(self) -> Bin:
        """The range that most are in."""
        return max(self.bins, key=lambda bin: bin.count)

    @property
    def borders(self) -> list[float]:
        """The ends of all ranges."""
        return [*(bin.low for bin in self.bins), self.bins[-1].high]

    @property
    def ticks(self) -> list[int]:
        """The numbers of learners that have a line: about four of a round distance, and 0."""
        most = max(1, self.fullest.count)
        widths = (width for width in _round_widths(most / 4) if width >= most / 4)
        step = max(1, round(next(widths)))
        return list(range(0, self.fullest.count + step, step))

    def across(self, score: float) -> float:
        """How far to the right a score is drawn."""
        return self.left + (self.right - self.left) * score / self.bins[-1].high

    def down(self, count: float) -> float:
        """How far down a number of learners is drawn."""
        return self.bottom - (self.bottom - self.top) * count / max(self.ticks[-1], 1)


def histogram(scores: Sequence[float], most: float) -> Histogram | None:
    """The histogram of scores, where there are any."""
    return Histogram(bins_of(scores, most), median(scores)) if scores and most else None


def bins_of(scores: Sequence[float], most: float) -> list[Bin]:
    """Scores counted in about ten ranges of a round width, from 0 to the most that can be had."""
    width = min(_round_widths(most / 10), key=lambda width: abs(math.log(most / width / 10)))
    count = max(1, math.ceil(most / width - 1e-9))
    counts = [0] * count
    for score in scores:
        counts[min(count - 1, max(0, math.floor(score / width + 1e-9)))] += 1
    return [
        Bin(number * width, min((number + 1) * width, most), found)
        for number, found in enumerate(counts)
    ]


def _round_widths(width: float) -> list[float]:
    """Numbers of the form 1, 2 or 5 times a power of ten, from below to above a width."""
    power: float = 10 ** math.floor(math.log10(width))
    return [step * power for step in (0.5, 1, 2, 5, 10)]
