"""Figures of lesson 2: slopes, differences, steps downhill, a line through real patients."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from lab.data.landscapes import HILLS, TWO_VALLEYS_SLOPE
from lab.pictures.colors import BLUE, DEEP_PURPLE, GREEN, INK, SOFT, VERMILLION
from lab.pictures.style import Picture, arrow, drawing, listed, note, number


def slopes_underfoot() -> Picture:
    """A hilly loss with its tangent at four places."""
    loss, slope = HILLS["two valleys"].loss, np.poly1d(TWO_VALLEYS_SLOPE)
    goal, hilltop, valley = np.sort(slope.roots.real)
    places = [-2.75, -1.0, float(hilltop), float(valley)]
    colors = [BLUE, VERMILLION, INK, DEEP_PURPLE]
    words = ["downhill is right", "downhill is left", "flat: a hilltop", "flat: a valley"]
    # Where each note is, in points from its place, and how it is aligned.
    notes = [(10, 6, "left"), (12, -6, "left"), (0, 12, "center"), (0, -12, "center")]
    with drawing((8, 3.8)) as (figure, axes):
        w = np.linspace(-3.1, 3.1, 400)
        axes.plot(w, loss(w), color=SOFT)
        for place, color, word, (right, up, align) in zip(
            places, colors, words, notes, strict=True
        ):
            reach = 0.75 / np.hypot(1, slope(place) / 4)
            ends = place + reach * np.array([-1, 1])
            axes.plot(ends, loss(place) + slope(place) * (ends - place), color=color, lw=3)
            axes.plot(place, loss(place), "o", color=color)
            said, above = f"slope {number(slope(place), 1)}\n{word}", "bottom" if up > 0 else "top"
            note(axes, said, (place, loss(place)), (right, up), color, align, va=above)
        _goal(axes, goal, loss(goal))
        axes.set(xlabel="weight", ylabel="loss", ylim=(-1.1, 10.8))
        axes.set_title("The slope says which way is down, and how steeply")
    return Picture(
        figure,
        "A hilly loss curve with tangent lines at four places: "
        f"slope {number(slope(places[0]), 1)} on the steep left wall, "
        f"{number(slope(places[1]), 1)} on the way up to the hilltop, and zero both on the "
        "hilltop and at the bottom of the shallow valley behind it. The lowest point "
        "of the curve, on the left, is labeled: the goal.",
    )


def zoom_until_straight() -> Picture:
    """A curve and its tangent through a magnifier: 1, 10 and 100 times."""
    place = 0.5
    slope = -1 / place
    with drawing((8, 2.9), 1, 3) as (figure, panels):
        for axes, zoom in zip(panels, (1, 10, 100), strict=True):
            reach = 0.4 / zoom
            p = np.linspace(place - reach, place + reach, 200)
            tangent = -np.log(place) + slope * (p - place)
            axes.plot(p, -np.log(p), color=BLUE, label="loss")
            axes.plot(p, tangent, "--", color=VERMILLION, lw=1.5, label="tangent")
            axes.plot(place, -np.log(place), "o", color=INK, ms=5)
            axes.set_title("whole curve" if zoom == 1 else f"{zoom} times closer")
            axes.set_xlabel("probability")
            axes.set_xticks([place - reach, place, place + reach])
            axes.locator_params(axis="y", nbins=4)
            if zoom == 1:
                axes.set_ylabel("loss")
                axes.legend(loc="upper right")
    return Picture(
        figure,
        "The curve of minus the logarithm of p and its tangent at p = 0.5 in three panels. Seen "
        "10 times closer they nearly coincide; 100 times closer no gap is left.",
    )


def difference_errors(loss: Callable[[float], float], place: float, slope: float) -> Picture:
    """How far forward and central differences are from the slope, for nudges of every size."""
    steps = np.logspace(-14, -0.7, 300)
    forward = np.array([(loss(place + h) - loss(place)) / h for h in steps])
    central = np.array([(loss(place + h) - loss(place - h)) / (2 * h) for h in steps])
    # A difference may be right to the last digit; a log axis needs a floor.
    forward_error = np.maximum(np.abs(forward - slope), 1e-13)
    central_error = np.maximum(np.abs(central - slope), 1e-13)
    with drawing((8, 3.9)) as (figure, axes):
        axes.loglog(steps, forward_error, color=VERMILLION, lw=1.2)
        axes.loglog(steps, central_error, color=BLUE, lw=1.2)
        axes.axvline(1e-5, color=SOFT, ls=":", lw=1.5)
        axes.text(1.3e-5, 2e-13, "default nudge 1e-5", color=SOFT)
        axes.text(2e-6, 4e-5, "forward: error grows\nwith the nudge", color=VERMILLION, ha="right")
        axes.text(2.5e-3, 1.5e-8, "central: error\ngrows with\nits square", color=BLUE, va="top")
        axes.text(1.2e-14, 2e-9, "rounding: error grows\nas the nudge shrinks", color=SOFT)
        axes.set(xlabel="nudge h", ylabel="distance from the true slope", ylim=(5e-14, 1))
        axes.set_title("The best nudge is neither large nor tiny")
    best = float(steps[np.argmin(np.convolve(np.log(central_error), np.ones(15) / 15, "same"))])
    return Picture(
        figure,
        "Error of forward and central differences against the nudge, both axes logarithmic. Both "
        "curves are V-shaped: rounding on the left, bending on the right. Central differences "
        f"reach far lower, with their lowest errors near a nudge of {best:.6f}.",
    )


def gradient_arrows() -> Picture:
    """A round bowl squeezed on one side, with the gradient drawn at some places."""
    curvature = np.array([1.0, 3.0])
    places = np.array([[-2.4, 0.6], [-1.0, -1.0], [1.6, 0.9], [2.0, -0.55]])
    with drawing((7, 3.9)) as (figure, axes):
        x, y = np.meshgrid(np.linspace(-3.4, 3.4, 200), np.linspace(-1.9, 1.9, 200))
        height = 0.5 * (curvature[0] * x**2 + curvature[1] * y**2)
        axes.contour(x, y, height, levels=[0.2, 0.8, 1.8, 3.2, 5.0, 7.2], colors=SOFT, linewidths=1)
        for number, place in enumerate(places):
            gradient = curvature * place
            up = (0.3, VERMILLION, "gradient: uphill")
            for direction, color, word in (up, (-0.3, BLUE, "minus gradient: downhill")):
                end = place + direction * gradient
                arrow(axes, place, end, color, lw=2, mutation_scale=14)
                if number == 0:
                    axes.plot([], [], color=color, label=word)
            axes.plot(*place, "o", color=INK, ms=5)
        axes.plot(0, 0, "x", color=GREEN, ms=9, mew=2.5)
        halo = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1}
        note(axes, "lowest loss", (0, 0), (0, -19), INK, "center", bbox=halo)
        axes.set(xlabel="first weight", ylabel="second weight", aspect="equal")
        axes.grid(False)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=2)
        axes.set_title("At right angles to the contour, the steepest way")
    return Picture(
        figure,
        "Contour lines of a loss over two weights, with arrows at four places. Each gradient "
        "crosses its contour at a right angle and points uphill; minus the gradient points "
        "downhill, though not straight at the lowest point.",
    )


def three_steps(path: Any) -> Picture:
    """The parabola (w − 3)² with the steps of a descent, each with the slope that made it."""
    w = np.asarray(path, dtype=np.float64)
    with drawing((8, 3.9)) as (figure, axes):
        grid = np.linspace(-0.25, 6.0, 200)
        axes.plot(grid, (grid - 3) ** 2, color=SOFT)
        for number, (here, there) in enumerate(pairwise(w), start=1):
            _hop(axes, (here, (here - 3) ** 2), (there, (there - 3) ** 2))
            if number < 3:
                middle, height = (here + there) / 2, (here - 3) ** 2
                axes.text(middle, height + 0.12, f"step {number}", color=VERMILLION, ha="center")
        axes.plot(w, (w - 3) ** 2, "o", color=BLUE, zorder=3)
        for place in w:
            last = place == w[-1]
            offset, side, above = ((4, 8), "left", "bottom") if last else ((-8, -4), "right", "top")
            note(axes, f"w = {place:g}", (place, (place - 3) ** 2), offset, BLUE, side, va=above)
        _goal(axes, 3.0, 0.0)
        axes.set(xlabel="weight w", ylabel="loss (w − 3)²", ylim=(-1.5, 10.5), xlim=(-0.9, 6.1))
        axes.set_title("Where the hill is less steep, the step is shorter by itself")
    return Picture(
        figure,
        f"A parabola with its lowest point, the goal, at 3 and a descent that visits {_listed(w)}: "
        "each step is half as long as the one before.",
    )


def line_through_patients(bmi: Any, progression: Any, path: Any) -> Picture:
    """Patients with the lines of a descent, and the same descent on the loss's contours."""
    x, t = np.asarray(bmi, dtype=np.float64), np.asarray(progression, dtype=np.float64)
    weights = np.asarray(path, dtype=np.float64)
    shown = [step for step in (0, 1, 3, 10) if step < len(weights)] + [len(weights) - 1]
    with drawing((9, 3.9), 1, 2, width_ratios=[1.15, 1]) as (figure, (left, right)):
        left.plot(x, t, "o", color=SOFT, ms=3, alpha=0.5)
        ends = np.array([x.min(), x.max()])
        for step in shown:
            last = step == shown[-1]
            color = VERMILLION if last else BLUE
            line = weights[step, 0] + weights[step, 1] * ends
            left.plot(ends, line, color=color, lw=2.5 if last else 1.4)
            left.text(ends[1] + 0.1, line[1], f"{step}", color=color, va="center")
        left.text(ends[1] + 0.1, 352, "step", color=SOFT, va="center")
        left.set(xlabel="body mass index, standardized", ylabel="disease progression")
        left.set_title("The line climbs into the patients")

        reach = 1.25 * np.abs(weights[0] - weights[-1]).max()
        a = np.linspace(weights[-1, 0] - reach, weights[-1, 0] + 0.35 * reach, 80)
        b = np.linspace(weights[-1, 1] - 0.8 * reach, weights[-1, 1] + 0.8 * reach, 80)
        loss = np.array([[np.mean((first + second * x - t) ** 2) for first in a] for second in b])
        excess = loss - loss.min()
        levels = excess.max() * np.array([0.01, 0.06, 0.16, 0.31, 0.52, 0.78])
        right.contour(a, b, excess, levels=levels, colors=SOFT, linewidths=0.9)
        right.plot(weights[:, 0], weights[:, 1], "-o", color=BLUE, ms=4, lw=1.2)
        right.plot(*weights[-1], "o", color=VERMILLION, ms=7)
        right.set(xlabel="first weight: height", ylabel="second weight: slope", aspect="equal")
        right.grid(False)
        right.set_title("The weights walk downhill")
    first, last = weights[0], weights[-1]
    return Picture(
        figure,
        "Left: patients' disease progression against body mass index, with the fitted line "
        f"after {_listed(shown)} steps; it starts at zero and ends rising through the middle of "
        f"the patients. Right: the weights on the loss's contours, walking straight from "
        f"({first[0]:.0f}, {first[1]:.0f}) to ({last[0]:.0f}, {last[1]:.0f}).",
    )


def loss_above_least_squares(losses: Any, lowest: float, early: int = 10) -> Picture:
    """A descent's loss above the lowest one that exists, on logarithmic axes."""
    excess = np.asarray(losses, dtype=np.float64) - lowest
    steps = np.arange(len(excess))
    with drawing((8, 3.5)) as (figure, axes):
        axes.loglog(steps[1:], excess[1:], color=BLUE)
        axes.axhline(excess[0], color=SOFT, ls=":", lw=1.5)
        axes.text(len(excess), excess[0], "start", color=SOFT, ha="right", va="bottom")
        axes.plot(early, excess[early], "o", color=VERMILLION)
        said = f"{1 - excess[early] / excess[0]:.1%} of the way down\nafter {early} steps"
        note(axes, said, (early, excess[early]), (10, 8), VERMILLION)
        axes.set(xlabel="step", ylabel="loss above least squares", ylim=(None, 4 * excess[0]))
        axes.set_title("Most of the way at once, the rest takes long")
    return Picture(
        figure,
        f"Loss above the least-squares loss against the step, both axes logarithmic: "
        f"{1 - excess[early] / excess[0]:.1%} of it is gone after {early} steps, and the last "
        f"part needs {len(excess) - 1} steps to fall to {excess[-1]:.1g}.",
    )


def _goal(axes: Axes, place: float, height: float) -> None:
    """Mark the lowest point, where every walk wants to go."""
    axes.plot(place, height, "*", color=GREEN, ms=15, zorder=4)
    note(axes, "goal: the lowest loss", (place, height), (0, -9), GREEN, "center", va="top")


def _hop(axes: Axes, here: tuple[float, float], there: tuple[float, float]) -> None:
    """One step, as the blindfolded walker makes it: across, then down or up to the ground."""
    axes.plot([here[0], there[0]], [here[1], here[1]], color=VERMILLION, lw=1.2, ls="--")
    arrow(axes, (there[0], here[1]), there, VERMILLION, arrowstyle="->", lw=1.2, ls="--")


def _listed(values: Any) -> str:
    return listed(f"{value:g}" for value in values)
