"""The house style of every static figure, and the picture that carries its own alt text."""

import base64
import html
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.rcsetup import cycler
from numpy.typing import ArrayLike

from lab.pictures.colors import BLUE, GREEN, INK, ORANGE, PAPER, PURPLE, SKY, SOFT, VERMILLION

STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.size": 11,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.prop_cycle": cycler(color=[BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.grid": True,
    "grid.color": "#e6e8eb",
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "figure.facecolor": PAPER,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.h_pad": 0.08,
    "figure.constrained_layout.w_pad": 0.12,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "savefig.facecolor": PAPER,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style inside this block; the learner's own settings stay as they are."""
    with mpl.rc_context(STYLE):
        yield


@contextmanager
def drawing(
    size: tuple[float, float], rows: int = 1, columns: int = 1, **options: Any
) -> Iterator[tuple[Figure, Any]]:
    """A figure of this size in inches and its axes, to draw on in the house style.

    Inside this block the house style holds; `options` are those of ``Figure.subplots``.
    """
    with house_style():
        figure = Figure(figsize=size)
        yield figure, figure.subplots(rows, columns, **options)


@dataclass(frozen=True)
class Picture:
    """A figure with the sentence that states its finding.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The drawing, made inside `drawing`.
    alt : str
        What the picture shows, for readers who do not see it.
    """

    figure: Figure
    alt: str

    def png(self) -> bytes:
        """Bytes of the picture as PNG, at twice its nominal resolution."""
        buffer = io.BytesIO()
        with house_style():
            self.figure.savefig(buffer, format="png", dpi=2 * 80)
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        width = int(self.figure.get_figwidth() * 80)
        data = base64.b64encode(self.png()).decode()
        return (
            f'<img alt="{html.escape(self.alt)}" width="{width}" '
            f'style="max-width: 100%; height: auto; border-radius: 6px" '
            f'src="data:image/png;base64,{data}">'
        )

    def __repr__(self) -> str:
        return self.alt


def dot(axes: Axes, x: ArrayLike, y: ArrayLike, color: str) -> None:
    """Mark a point with a round dot, set off by a white rim."""
    axes.plot(x, y, "o", color=color, markeredgecolor="white", markersize=10, zorder=5)


def note(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    offset: tuple[float, float] = (9, 9),
    color: str = INK,
    side: str = "left",
    **looks: Any,
) -> None:
    """Write a text beside a point, `offset` typographic points away from it.

    `side` is the side of the text that is anchored: ``"left"``, ``"center"`` or ``"right"``;
    `looks` are those of ``Axes.annotate``.
    """
    looks = {"textcoords": "offset points", "ha": side, "color": color, "zorder": 6, **looks}
    axes.annotate(text, at, offset, **looks)


def centered(axes: Axes, x: float, y: float, text: str, color: str = INK, **looks: Any) -> None:
    """Write a text with its center at a point; `looks` are those of ``Axes.text``."""
    axes.text(x, y, text, color=color, **{"ha": "center", "va": "center", **looks})


def arrow(axes: Axes, start: Any, end: Any, color: str, **looks: Any) -> None:
    """Draw an arrow; `looks` are those of ``FancyArrowPatch``."""
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": color, **looks})


def listed(words: Iterable[str]) -> str:
    """Words as prose lists them: "a, b and c"."""
    *first, last = words
    return ", ".join(first) + " and " + last


def number(value: ArrayLike, decimals: int = 3) -> str:
    """A number as prose writes it: no trailing zeros, a true minus."""
    text = f"{float(np.asarray(value)):.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−") if float(text) else "0"
