"""The first training step of the slow motion, for notebooks without a kernel."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from lab.data import Array
from lab.pictures.colors import BLUE, INK, SOFT, VERMILLION
from lab.pictures.style import Picture, centered, drawing, number

PLACES = {"x1": (0.0, 1.1), "x2": (0.0, -1.1), "h1": (3.2, 1.1), "h2": (3.2, -1.1), "y": (6.0, 0.0)}
LIT = "#d6e6f2"


def first_step(parts: Mapping[str, Array], losses: Array) -> Picture:
    """Values and slopes of one training step in the 2-2-1 network, and the losses of all steps.

    Parameters
    ----------
    parts : dict of array
        The numbers of the step under their names, as `by_part` of the experiment gives them.
    losses : numpy.ndarray, shape (steps + 1,)
        Mean loss before each step and after the last.
    """
    with drawing((9.6, 4.0), 1, 2, width_ratios=[2.1, 1]) as (figure, (net, curve)):
        net.set(xlim=(-0.8, 8.3), ylim=(-2.1, 2.0), aspect="equal")
        net.set_axis_off()
        net.set_title("The first training step: values, and slopes (◂)")
        for i, j in np.ndindex(2, 2):
            weight, slope = (parts[name][2 * i + j] for name in ("weights_1", "weights_1_gradient"))
            _line(net, f"x{i + 1}", f"h{j + 1}", weight, slope)
        for j in range(2):
            _line(net, f"h{j + 1}", "y", parts["weights_2"][j], parts["weights_2_gradient"][j])
        for j in range(2):
            _circle(net, f"x{j + 1}", parts["inputs"][j], LIT)
            hidden = parts["hidden"][j]
            _circle(net, f"h{j + 1}", hidden, LIT if hidden > 0 else "white")
            x, y = PLACES[f"h{j + 1}"]
            above = f"sum {number(parts['sums'][j])}"
            centered(net, x, y + 0.62, above, SOFT, fontsize=11)
            slope = f"◂{number(parts['sums_gradient'][j])}"
            centered(net, x, y - 0.64, slope, VERMILLION, fontsize=11)
        _circle(net, "y", parts["output"][0], LIT)
        x, y = PLACES["y"]
        lines = (
            (f"target {number(parts['target'][0])}", INK),
            (f"loss {number(parts['loss'][0])}", INK),
            (f"◂{number(parts['output_gradient'][0])}", VERMILLION),
        )
        for k, (text, color) in enumerate(lines):
            net.text(x + 0.6, y + 0.38 * (1 - k), text, va="center", color=color, fontsize=11)
        curve.plot(losses, "o-", color=BLUE, markersize=3)
        curve.set(xlabel="training step", ylabel="loss", ylim=(0, None))
        curve.set_title("Mean loss")
    return Picture(
        figure,
        "The first training step of the 2-2-1 network in numbers. The hidden units put out "
        f"{number(parts['hidden'][0])} and {number(parts['hidden'][1])}, the output is "
        f"{number(parts['output'][0])}, the target {number(parts['target'][0])}. The slope of the "
        f"loss is {number(parts['output_gradient'][0])} at the output and "
        f"{number(parts['sums_gradient'][0])} and {number(parts['sums_gradient'][1])} at the sums "
        f"of the hidden units. Over {len(losses) - 1} steps the mean loss goes from "
        f"{losses[0]:.3g} to {losses[-1]:.3g}.",
    )


def _circle(axes: Axes, place: str, value: Any, color: str) -> None:
    x, y = PLACES[place]
    edge = BLUE if color == LIT else SOFT
    axes.plot(x, y, "o", markersize=31, color=color, markeredgecolor=edge, markeredgewidth=1.4)
    centered(axes, x, y, number(value), fontweight="bold", zorder=5)


def _line(axes: Axes, start: str, end: str, weight: Any, slope: Any) -> None:
    (x0, y0), (x1, y1) = PLACES[start], PLACES[end]
    axes.plot([x0, x1], [y0, y1], "--" if weight < 0 else "-", color="#c3ccd5", zorder=1)
    share = 0.6 if y0 == y1 else 0.45 if end == "y" else 0.3
    x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
    looks: dict[str, Any] = {"va": "center", "fontsize": 11, "fontweight": "bold"}
    looks["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    axes.text(x - 0.05, y, number(weight), color=INK, ha="right", **looks)
    axes.text(x + 0.05, y, f"◂{number(slope)}", color=VERMILLION, ha="left", **looks)
