"""Figures of bowls with a steep and a flat direction, and of walks in them."""

from typing import Any

import numpy as np

from lab.pictures.colors import BLUE, CONTOUR, DEEP_PURPLE, GREEN, INK, PURPLE, SOFT, VERMILLION
from lab.pictures.style import Picture, centered, drawing, note


def valley_walks(learning_rates: Any, paths: Any, curvatures: Any) -> Picture:
    """Walks in a narrow valley, one panel for each learning rate."""
    flat, steep = (float(value) for value in curvatures)
    with drawing((9, 2.5), 1, len(paths), sharey=True) as (figure, panels):
        along, across = np.meshgrid(np.linspace(-11, 3, 160), np.linspace(-4, 4, 120))
        loss = 0.5 * (flat * along**2 + steep * across**2)
        factors_said = []
        for axes, rate, path in zip(panels, learning_rates, paths, strict=True):
            weights = np.asarray(path, dtype=np.float64)
            factors = [1 - rate * flat, 1 - rate * steep]
            worst = max(abs(factor) for factor in factors)
            color = VERMILLION if worst > 1 else BLUE if factors[1] > 0 else GREEN
            levels = loss.max() * np.linspace(0.1, 1, 7) ** 2
            axes.contour(along, across, loss, levels, colors=CONTOUR, linewidths=0.9)
            axes.plot(*weights.T, "-o", color=color, ms=3.5, lw=1)
            axes.plot(*weights[0], "o", color=INK, ms=6)
            axes.plot(0, 0, "x", color=INK, ms=8, mew=2)
            axes.set(xlim=(-11, 3), ylim=(-4, 4), aspect="equal", xlabel="along the valley")
            axes.grid(False)
            axes.set_title(f"learning rate {rate:.3g}", color=color)
            both = f"{factors[0]:.2f} and {factors[1]:.2f}".replace("-", "−")
            halo = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 2}
            axes.text(-10.6, -3.6, f"factors {both}", color=INK, bbox=halo)
            factors_said.append(f"{both} at {rate:.3g}")
        panels[0].set_ylabel("across")
    return Picture(
        figure,
        f"Walks of {len(paths[0]) - 1} steps in a valley {steep / flat:g} times as steep across as "
        "along. The first creeps along the floor, the second zigzags to the end, the third is "
        f"thrown up the walls. The factors along and across are {'; '.join(factors_said)}.",
    )


def two_factors(curvatures: Any) -> Picture:
    """Size of the factor of the flattest and the steepest direction, and the larger of the two."""
    flat, steep = (float(value) for value in curvatures)
    border, best = 2 / steep, 2 / (flat + steep)
    rates = np.unique(np.append(np.linspace(0, 1.25 * border, 300), best))
    worst = np.maximum(np.abs(1 - rates * flat), np.abs(1 - rates * steep))
    lowest = float(worst.min())
    with drawing((8, 3.6)) as (figure, axes):
        axes.axvspan(border, rates[-1], color=VERMILLION, alpha=0.1, lw=0)
        axes.axhline(1, color=SOFT, lw=1, ls=":")
        axes.plot(rates, np.abs(1 - rates * flat), color=BLUE, ls="--", lw=1.5)
        axes.plot(rates, np.abs(1 - rates * steep), color=PURPLE, ls="--", lw=1.5)
        axes.plot(rates, worst, color=INK, lw=2.5)
        axes.plot(best, lowest, "o", color=GREEN, ms=8, zorder=4)
        said = f"best: {best:.3g}\nfactor {lowest:.3g}"
        note(axes, said, (best, lowest), (-56, -8), GREEN, "right", va="top")
        axes.text(border * 1.01, 0.03, f"border {border:.3g}", color=VERMILLION)
        axes.text(0.3 * border, 0.78, f"flattest, λ = {flat:g}", color=BLUE)
        axes.text(
            0.24 * border, 0.44, f"steepest, λ = {steep:g}", color=DEEP_PURPLE, ha="right", va="top"
        )
        axes.set(xlabel="learning rate", ylabel="size of the factor", ylim=(0, 1.5))
        axes.set(xlim=(0, rates[-1]))
        axes.set_title("The slower of the two directions decides")
    return Picture(
        figure,
        f"Size of the error's factor against the learning rate for the curvatures {flat:g} and "
        f"{steep:g}. The larger of the two is lowest, {lowest:.3g}, where the curves cross, at "
        f"{best:.3g}, close below the border at {border:.3g}.",
    )


def tilted_bowl(hessian: Any) -> Picture:
    """Contours of a tilted bowl, with its own axes and their curvatures."""
    matrix = np.asarray(hessian, dtype=np.float64)
    curvatures, axes_of_bowl = np.linalg.eigh(matrix)
    with drawing((8.6, 3.8), 1, 2, width_ratios=[1, 1.15]) as (figure, (left, right)):
        x, y = np.meshgrid(np.linspace(-2.3, 2.3, 120), np.linspace(-2.3, 2.3, 120))
        loss = 0.5 * (matrix[0, 0] * x**2 + 2 * matrix[0, 1] * x * y + matrix[1, 1] * y**2)
        left.contour(x, y, loss, [0.2, 0.8, 1.8, 3.2, 5.0], colors=CONTOUR, linewidths=1)
        distance = np.linspace(-2, 2, 100)
        for curvature, direction, color, word in zip(
            curvatures, axes_of_bowl.T, [BLUE, VERMILLION], ["flattest", "steepest"], strict=True
        ):
            ends = 2 * np.array([-direction, direction])
            left.plot(*ends.T, color=color)
            high = ends[np.argmax(ends[:, 1])]
            across, up = high[0] + (0.12 if high[0] > 0 else -0.12), high[1] + 0.12
            said = f"λ = {curvature:.3g}"
            centered(left, across, up, said, color, va="bottom")
            right.plot(distance, 0.5 * curvature * distance**2, color=color)
            right.text(2.05, 2 * curvature, f"{word}\n{said}", color=color, va="center")
        left.set(xlabel="first weight", ylabel="second weight", aspect="equal")
        left.set(xlim=(-2.3, 2.3), ylim=(-2.3, 2.3))
        left.grid(False)
        left.set_title("A bowl and its own two axes")
        right.set(xlabel="distance from the lowest point", ylabel="loss", xlim=(-2, 2.75))
        right.set_xticks([-2, -1, 0, 1, 2])
        right.set_title("The same bowl, cut along them")
    return Picture(
        figure,
        "Left: oval contours of a tilted bowl, with its long and its short axis. Right: "
        f"cut along the long axis the bowl is a parabola of curvature {curvatures[0]:.3g}, along "
        f"the short one of curvature {curvatures[-1]:.3g}.",
    )
