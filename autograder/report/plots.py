"""Drawings for the report, as SVG whose colors come from the page's style sheet.

Every drawing stands beside a table of the same numbers, so that none is the only way to them: the
small ones inside table cells are hidden from screen readers, the larger ones have a text.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.report.markup import Markup, tag

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 36, 46


@dataclass(frozen=True)
class Bin:
    """A range of scores, and how many lie in it; the last one includes its upper end."""

    low: float
    high: float
    count: int

    @property
    def label(self) -> str:
        """The range in words."""
        return f"{self.low:g} to {self.high:g}"


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


def histogram(bins: Sequence[Bin], median: float, text: str) -> Markup:
    """How many have which score, with the median marked.

    Parameters
    ----------
    bins : sequence of Bin
        From `bins_of`.
    median : float
        Where to draw the line.
    text : str
        What a screen reader says: the finding.
    """
    most = bins[-1].high
    tallest = max(each.count for each in bins)
    ticks = _ticks(tallest)
    top = max(ticks[-1], 1)

    def across(score: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * score / most

    def up(count: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count / top

    drawn = []
    for tick in ticks:
        y = up(tick)
        drawn.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid"))
        drawn.append(tag("text", f"{tick:,}", x=LEFT - 8, y=y + 4, class_="end"))
    for each in bins:
        x, width = across(each.low), across(each.high) - across(each.low)
        y = up(each.count)
        drawn.append(
            tag("rect", x=x + 1, y=y, width=width - 2, height=up(0) - y, rx=1.5, class_="bar")
        )
        if each.count:
            middle = x + width / 2
            drawn.append(tag("text", f"{each.count:,}", x=middle, y=y - 5, class_="middle count"))
    for score in [*(each.low for each in bins), most]:
        drawn.append(tag("text", f"{score:g}", x=across(score), y=up(0) + 20, class_="middle"))
    line = across(median)
    side = "end" if line > WIDTH / 2 else "start"
    shift = -6 if side == "end" else 6
    drawn.append(tag("line", x1=line, x2=line, y1=TOP - 10, y2=up(0), class_="median"))
    drawn.append(
        tag(
            "text",
            f"median {round(median, 2):g}",
            x=line + shift,
            y=TOP - 14,
            class_=f"{side} strong",
        )
    )
    drawn.append(tag("text", "points", x=WIDTH - RIGHT, y=HEIGHT - 4, class_="end quiet"))
    drawn.append(tag("text", "learners", x=2, y=16, class_="start quiet"))
    return tag(
        "svg",
        drawn,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=text,
        class_="histogram",
    )


def shares_bar(shares: Sequence[tuple[str, float]]) -> Markup:
    """A bar of parts that make a whole: classes and shares from 0 to 1."""
    drawn, start = [], 0.0
    for class_, share in shares:
        drawn.append(tag("rect", x=100 * start, y=0, width=100 * share, height=10, class_=class_))
        start += share
    return _inside_a_cell(drawn)


def bar(share: float, class_: str) -> Markup:
    """A bar as long as a share from 0 to 1."""
    return _inside_a_cell([tag("rect", x=0, y=0, width=100 * share, height=10, class_=class_)])


def arrow(before: float, now: float) -> Markup:
    """From one share to another, on a line from 0 to 1."""
    start, end = 3 + 194 * before, 3 + 194 * now
    direction = "risen" if now > before else "fallen" if now < before else "same"
    drawn = [
        tag("line", x1=3, x2=197, y1=7, y2=7, class_="track"),
        tag("line", x1=start, x2=end, y1=7, y2=7, class_=f"way {direction}"),
        tag("circle", cx=start, cy=7, r=3, class_="before"),
        tag("circle", cx=end, cy=7, r=4.5, class_=direction),
    ]
    return tag(
        "svg",
        drawn,
        viewBox="-3 0 206 14",
        preserveAspectRatio="xMinYMid",
        class_="arrow",
        aria_hidden="true",
    )


def _inside_a_cell(drawn: list[Markup]) -> Markup:
    return tag(
        "svg",
        drawn,
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        class_="shares",
        aria_hidden="true",
    )


def _round_widths(width: float) -> list[float]:
    """Numbers of the form 1, 2 or 5 times a power of ten, from below to above a width."""
    power: float = 10 ** math.floor(math.log10(width))
    return [step * power for step in (0.5, 1, 2, 5, 10)]


def _ticks(most: int) -> list[int]:
    rough = max(most, 1) / 4
    step = max(1, round(next(each for each in _round_widths(rough) if each >= rough)))
    return list(range(0, most + step, step))
