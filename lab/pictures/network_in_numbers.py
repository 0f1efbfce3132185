"""The 2-2-1 network of lesson 5 in numbers: its forward pass and its backward pass."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from numpy.typing import ArrayLike

from lab.data import Array
from lab.data.network import small_network
from lab.pictures.colors import BLUE, INK, SOFT, VERMILLION
from lab.pictures.style import Picture, centered, drawing, number

PALE = "#dfe3e8"
PLACES = {"x1": (0.0, 1.0), "x2": (0.0, -1.0), "h1": (3.2, 1.0), "h2": (3.2, -1.0), "y": (6.4, 0.0)}


def forward_in_numbers() -> Picture:
    """Forward pass of the 2-2-1 network: each weight on its line, each value in its circle."""
    net = small_network()
    with _stage("Forward: values flow to the right") as (figure, ax):
        for i, j in np.ndindex(2, 2):
            _line(ax, f"x{i + 1}", f"h{j + 1}", number(net.weights_1[i, j]), INK)
        for j in range(2):
            _line(ax, f"h{j + 1}", "y", number(net.weights_2[j]), INK)
            _circle(ax, f"x{j + 1}", number(net.inputs[j]), BLUE)
            _circle(ax, f"h{j + 1}", number(net.hidden[j]), BLUE)
            x, y = PLACES[f"h{j + 1}"]
            said = f"sum {number(net.sums[j])}, ReLU {number(net.hidden[j])}"
            centered(ax, x, y + 0.72 * y, f"{said}\nbias {number(net.bias_1[j])}", SOFT)
        _circle(ax, "y", number(net.output), BLUE)
        centered(ax, 6.4, 0.66, f"bias {number(net.bias_2)}", SOFT)
        said = f"loss ({number(net.output)} − {number(net.target)})² = {number(net.loss)}"
        ax.text(7.0, 0, f"target {number(net.target)}\n{said}", va="center", color=INK)
    return Picture(
        figure,
        f"The 2-2-1 network with its numbers. Inputs {_pair(net.inputs)} give the sums "
        f"{_pair(net.sums)}, the ReLUs make them {_pair(net.hidden)}, and the output is "
        f"{number(net.output)}. The target is {number(net.target)}, so the loss is "
        f"{number(net.loss)}.",
    )


def backward_in_numbers() -> Picture:
    """Backward pass of the 2-2-1 network: the slope of the loss on each line and circle."""
    net = small_network()
    with _stage("Backward: blame flows to the left") as (figure, ax):
        for i, j in np.ndindex(2, 2):
            _line(ax, f"x{i + 1}", f"h{j + 1}", number(net.weights_1_gradient[i, j]), VERMILLION)
        for j in range(2):
            _line(ax, f"h{j + 1}", "y", number(net.weights_2_gradient[j]), VERMILLION)
            _circle(ax, f"h{j + 1}", number(net.sums_gradient[j]), VERMILLION)
            x, y = PLACES[f"x{j + 1}"]
            _circle(ax, f"x{j + 1}", "", PALE)
            centered(ax, x, y, f"$x_{j + 1}$", SOFT)
            x, y = PLACES[f"h{j + 1}"]
            gate = "open" if net.sums[j] > 0 else "shut"
            said = f"arrives {number(net.hidden_gradient[j])}, ReLU {gate}"
            centered(ax, x, y + 0.87 * y, said, SOFT)
            _bias(ax, x, y + 0.58 * y, net.bias_1_gradient[j])
        _circle(ax, "y", number(net.output_gradient), VERMILLION)
        twice = f"2 · ({number(net.output)} − {number(net.target)})"
        said = f"{twice} = {number(net.output_gradient)}"
        ax.text(7.0, 0, said, va="center", color=INK)
        _bias(ax, 6.4, 0.62, net.bias_2_gradient)
    return Picture(
        figure,
        f"The same network with the slope of the loss at each place. The output's slope is "
        f"{number(net.output_gradient)}; {_pair(net.hidden_gradient)} arrive at the ReLUs, of "
        f"which the second is shut, so {_pair(net.sums_gradient)} remain. The weights of the "
        f"second layer get {_pair(net.weights_2_gradient)}, its bias "
        f"{number(net.bias_2_gradient)}; those of the first {_pair(net.weights_1_gradient[0])} and "
        f"{_pair(net.weights_1_gradient[1])}, its biases {_pair(net.bias_1_gradient)}.",
    )


@contextmanager
def _stage(title: str) -> Iterator[tuple[Figure, Axes]]:
    with drawing((8.6, 3.9)) as (figure, ax):
        ax.set(xlim=(-0.7, 9.0), ylim=(-2.1, 2.1), aspect="equal", title=title)
        ax.set_axis_off()
        yield figure, ax


def _circle(ax: Axes, place: str, text: str, color: str) -> None:
    x, y = PLACES[place]
    ax.add_patch(Circle((x, y), 0.38, facecolor=color, edgecolor="white", linewidth=2, zorder=3))
    centered(ax, x, y, text, "white", fontweight="bold", zorder=4)


def _bias(ax: Axes, x: float, y: float, slope: ArrayLike) -> None:
    centered(ax, x, y, f"bias {number(slope)}", VERMILLION, fontweight="bold")


def _line(ax: Axes, start: str, end: str, text: str, color: str) -> None:
    (x0, y0), (x1, y1) = PLACES[start], PLACES[end]
    ax.plot([x0, x1], [y0, y1], color=PALE, linewidth=2.5, zorder=1)
    share = 0.3  # near the start of the line, where lines do not cross
    x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    centered(ax, x, y, text, color, fontweight="bold", zorder=2, bbox=box)


def _pair(values: Array) -> str:
    return "(" + ", ".join(number(value) for value in values) + ")"
