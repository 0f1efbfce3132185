"""Pictures of lesson 1: how far a prediction is from the answer, and what that costs."""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse

from lab.data import Array
from lab.pictures.colors import BLUE, GREEN, INK, ORANGE, SOFT, VERMILLION
from lab.pictures.style import Picture, arrow, dot, drawing, listed, note, number
from lab.reference_functions import reference

ARROWS = np.array([0.0, 2.0, 10.0])  # misses in cm
SHADES = (GREEN, ORANGE, VERMILLION)  # near, farther, far
CLASSES = ("cat", "dog", "bird")
CAT = np.array([1.0, 0.0, 0.0])
LOGITS = np.array([2.0, 1.0, -1.0])
PALE = "#b9bec5"
sigmoid = reference("losses").sigmoid
OCHRE = "#8a5f00"  # the palette's orange, dark enough for text


def bow_and_board() -> Picture:
    """The loop of learning on the range: bow, arrow, board, and the hand that adjusts the bow."""
    with drawing((8.4, 3.3)) as (figure, axes):
        angle = np.linspace(-1.15, 1.15, 60)
        limb = np.array([0.55 + 0.75 * np.cos(angle), 1.35 * np.sin(angle)])
        axes.plot(*limb, color=INK, linewidth=4, solid_capstyle="round")
        axes.plot([limb[0, 0], limb[0, -1]], [limb[1, 0], limb[1, -1]], color=SOFT, linewidth=1)
        for size, tint in ((1.5, "#f6f7f8"), (1.0, "#e6e8eb"), (0.5, "#f3d56b")):
            board = Ellipse((9.2, 0), 0.62 * size, 2 * size, facecolor=tint, edgecolor="#c9cdd2")
            axes.add_patch(board)
        arrow(axes, (1.3, 0), (9.1, 1.0), BLUE, connectionstyle="arc3,rad=-0.16", lw=2)
        arrow(axes, (9.2, -1.65), (1.0, -1.45), VERMILLION, connectionstyle="arc3,rad=-0.22", lw=2)
        dot(axes, 9.15, 1.0, BLUE)
        dot(axes, 9.2, 0, GREEN)
        axes.plot([9.75, 9.75], [0, 1.0], color=VERMILLION, linewidth=3)
        axes.text(0.75, 1.62, "the bow:\nthe weights", color=INK, ha="center")
        axes.text(5.0, 1.72, "the arrow flies", color=BLUE, ha="center")
        axes.text(10.0, 1.25, "where it lands:\nthe prediction", color=BLUE, va="center")
        axes.text(10.0, 0.5, "how far off: the loss", color=VERMILLION, va="center")
        axes.text(10.0, -0.25, "the center:\nthe target", color=GREEN, va="center")
        said = "the hand, which is the optimizer, adjusts the bow"
        axes.text(5.1, -1.62, said, color=VERMILLION, ha="center", va="bottom")
        axes.set(xlim=(-0.6, 13), ylim=(-2.8, 2.6))
        axes.set_axis_off()
    return Picture(
        figure,
        "A bow on the left shoots an arrow at a round board on the right. The bow stands for the "
        "weights, the place where the arrow lands for the prediction, the center of the board for "
        "the target, and the distance of the two for the loss. An arrow leads back from the board "
        "to the bow: the hand, which is the optimizer, adjusts the bow.",
    )


def archery_target() -> Picture:
    """Three arrows on a round board, and what each costs."""
    losses = ARROWS**2
    with drawing((8.4, 3.7), 1, 2, width_ratios=[1, 1.25]) as (figure, (face, curve)):
        for radius in (12, 9, 6, 3):
            face.add_patch(Circle((0, 0), radius, facecolor="#f6f7f8", edgecolor="#c9cdd2"))
        places = ((0.0, -11, "right"), (0.35, 11, "left"), (-0.55, 9, "left"))
        for miss, color, (angle, shift, side) in zip(ARROWS, SHADES, places, strict=True):
            x, y = miss * np.cos(angle), miss * np.sin(angle)
            face.plot([0, x], [0, y], color=color, linewidth=1.5)
            dot(face, x, y, color)
            note(face, f"{miss:.0f} cm", (x, y), (shift, 4 if miss < 9 else -16), side=side)
        face.set(xlim=(-12.5, 14.5), ylim=(-12.5, 12.5), aspect="equal", title="Three arrows")
        face.set_axis_off()
        misses = np.linspace(0, 12, 121)
        curve.plot(misses, misses**2, color=INK)
        for miss, loss, color in zip(ARROWS, losses, SHADES, strict=True):
            dot(curve, miss, loss, color)
            note(curve, f"{loss:.0f}", (miss, loss), (-9 if miss else 0, 9), side="right")
        curve.set(title="What each costs", xlabel="distance from the center (cm)")
        curve.set(ylabel="loss: squared distance (cm²)", xlim=(-0.8, 12), ylim=(-6, 150))
    pairs = ", ".join(f"{m:.0f} cm costs {c:.0f}" for m, c in zip(ARROWS, losses, strict=True))
    return Picture(
        figure,
        "Left: a round board with three arrows. Right: the loss is the squared distance from the "
        f"center: {pairs}. The curve is flat at the center and climbs ever more steeply.",
    )


def squared_error_slope() -> Picture:
    """Squared error against the prediction, with its slope drawn at one prediction."""
    prediction, target = 5.0, 3.0
    loss, slope = (prediction - target) ** 2, 2 * (prediction - target)
    with drawing((6.4, 3.7)) as (figure, axes):
        p = np.linspace(target - 3.2, target + 3.2, 161)
        axes.plot(p, (p - target) ** 2, color=INK)
        _tangent(axes, prediction, loss, slope, 0.95, BLUE)
        said = f"slope {slope:g}: uphill is to the right,\nso the prediction should drop"
        note(axes, said, (prediction, loss), (-16, 10), BLUE, "right")
        dot(axes, target, 0, GREEN)
        note(axes, "slope 0 at the target", (target, 0), (0, -20), GREEN, "center")
        axes.set(title=f"One prediction, target {target:g}", xlabel="prediction")
        axes.set(ylabel="loss: squared error", ylim=(-1.5, 10.5))
    return Picture(
        figure,
        f"Squared error against the prediction, for target {target:g}: a parabola with its lowest "
        f"point at the target, where the slope is 0. At prediction {prediction:g} the loss is "
        f"{loss:g} and the tangent climbs to the right with slope {slope:g}.",
    )


def sigmoid_curve() -> Picture:
    """The sigmoid, with three logits and their probabilities."""
    marked = np.array([-2.0, 0.0, 2.0])
    with drawing((6.4, 3.4)) as (figure, axes):
        z = np.linspace(-8, 8, 321)
        axes.plot(z, sigmoid(z), color=INK)
        for logit in marked:
            probability = float(sigmoid(logit))
            dot(axes, logit, probability, BLUE)
            note(axes, number(probability), (logit, probability), (10, -12), BLUE)
        axes.set(title="From any number to a probability", xlabel="logit z")
        axes.set(ylabel="probability σ(z)", ylim=(-0.05, 1.05), yticks=[0, 0.25, 0.5, 0.75, 1])
    values = ", ".join(f"{number(sigmoid(logit))} at {number(logit)}" for logit in marked)
    return Picture(
        figure,
        f"The sigmoid climbs from 0 to 1 as the logit grows: {values}. It is flat at both ends and "
        "steepest at logit 0.",
    )


def binary_cross_entropy_curve() -> Picture:
    """Cost of a probability for either target, with the three worked figures."""
    given = np.array([0.9, 0.5, 0.1])
    costs = -np.log(given)
    with drawing((7.2, 3.9)) as (figure, axes):
        p = np.linspace(0.004, 0.996, 497)
        axes.plot(p, -np.log(p), color=BLUE)
        axes.plot(p, -np.log(1 - p), color=ORANGE, linestyle="--")
        for q, cost in zip(given, costs, strict=True):
            dot(axes, q, cost, BLUE)
            note(axes, number(cost), (q, cost), (0, 11), BLUE, "center" if q == 0.5 else "left")
        axes.text(0.035, 4.3, "target 1: −ln p", color=BLUE)
        axes.text(0.965, 4.3, "target 0: −ln(1 − p)", color=OCHRE, ha="right")
        axes.set(title="Confident and wrong is expensive", xlabel="predicted probability p")
        axes.set(ylabel="loss: cross-entropy", xlim=(-0.02, 1.02), ylim=(-0.15, 5))
    said = ", ".join(f"{number(c)} at {q:g}" for q, c in zip(given, costs, strict=True))
    return Picture(
        figure,
        f"Cross-entropy against the predicted probability. For target 1 the loss is {said}, and it "
        "climbs without limit as the probability goes to 0. The curve for target 0 is its mirror "
        "image.",
    )


def loss_against_logit() -> Picture:
    """Squared error and cross-entropy of a sigmoid, for target 1: where each still has a slope."""
    logit = -6.0
    p = sigmoid(logit)
    slopes = (2 * (p - 1) * p * (1 - p), p - 1)
    with drawing((8.4, 3.5), 1, 2) as (figure, panels):
        z = np.linspace(-8, 6, 281)
        drawn = (
            ("Squared error", (sigmoid(z) - 1) ** 2, (p - 1) ** 2, slopes[0], VERMILLION),
            ("Cross-entropy", -np.log(sigmoid(z)), -np.log(p), slopes[1], BLUE),
        )
        for axes, (title, curve, loss, slope, color) in zip(panels, drawn, strict=True):
            axes.plot(z, curve, color=INK)
            _tangent(axes, logit, float(loss), float(slope), 1.6, color)
            note(axes, f"slope {number(slope)}", (logit, float(loss)), (6, 13), color)
            axes.set(title=title, xlabel="logit z", ylabel="loss for target 1")
            axes.set(ylim=(-0.05 * curve.max(), 1.25 * curve.max()), xticks=range(-8, 7, 2))
    return Picture(
        figure,
        f"Two losses of the sigmoid's output for target 1. At logit {number(logit)}, far from "
        f"right, squared error has slope {number(slopes[0])}: nearly flat. Cross-entropy has "
        f"slope {number(slopes[1])}: steep, so learning goes on.",
    )


def softmax_in_three_steps() -> Picture:
    """Logits, their exponentials, and each one's share of the sum."""
    powers = np.exp(LOGITS)
    shares = powers / powers.sum()
    with drawing((8.4, 3.1), 1, 3) as (figure, panels):
        drawn = (
            ("1 · logits", "logit z", LOGITS, ORANGE),  # the colors of the experiment
            ("2 · exponentials", "$e^z$", powers, GREEN),
            ("3 · shares of the sum", "probability", shares, BLUE),
        )
        for axes, (title, label, values, color) in zip(panels, drawn, strict=True):
            _bars(axes, values, (color,) * 3, [number(value) for value in values])
            axes.set(title=title, ylabel=label)
    return Picture(
        figure,
        f"Softmax in three steps for cat, dog and bird: the logits {_listed(LOGITS)} become the "
        f"exponentials {_listed(powers)}, all positive, and these divided by their sum "
        f"{number(powers.sum())} become the probabilities {_listed(shares)}.",
    )


def cat_predictions() -> Picture:
    """Two answers to a picture of a cat: only the bar of the cat counts."""
    rows = (np.array([0.70, 0.20, 0.10]), np.array([0.10, 0.60, 0.30]))
    losses = [-(CAT * np.log(row)).sum() for row in rows]
    with drawing((7.6, 3.2), 1, 2, sharey=True) as (figure, panels):
        for axes, row, loss in zip(panels, rows, losses, strict=True):
            _bars(axes, row, (BLUE, PALE, PALE), [f"{share:.2f}" for share in row])
            axes.set(title=f"loss = −ln {row[0]:.2f} = {number(loss)}", ylim=(0, 0.9))
        panels[0].set_ylabel("predicted probability")
    said = "; ".join(
        f"cat {row[0]:.2f}, dog {row[1]:.2f}, bird {row[2]:.2f} costs {number(loss)}"
        for row, loss in zip(rows, losses, strict=True)
    )
    return Picture(
        figure,
        f"Two predictions for a picture of a cat: {said}. Only the probability of the cat enters "
        "the loss.",
    )


def two_costs() -> Picture:
    """Squared and absolute error against the miss: one round at 0, one straight far out."""
    with drawing((7.6, 3.5)) as (figure, axes):
        miss = np.linspace(-6, 6, 241)
        axes.plot(miss, miss**2, color=BLUE)
        axes.plot(miss, np.abs(miss), color=ORANGE, linestyle="--")
        axes.text(3.6, 8.6, "squared: round at the bottom,\never steeper far out", color=BLUE)
        axes.text(3.5, 1.1, "absolute: straight far out,\na corner at the bottom", color=OCHRE)
        axes.set(title="What each miss costs", xlabel="miss: prediction − target")
        axes.set(ylabel="cost", xlim=(-6, 9.2), ylim=(-0.4, 13), xticks=range(-6, 7, 2))
    return Picture(
        figure,
        "Cost against the miss. The squared error is flat at a miss of 0 and ever steeper farther "
        "out. The absolute error climbs in straight lines, with a corner at a miss of 0.",
    )


def _tangent(axes: Axes, x: float, y: float, slope: float, reach: float, color: str) -> None:
    run = np.array([-reach, reach])
    axes.plot(x + run, y + slope * run, color=color, linewidth=3)
    dot(axes, x, y, color)


def _bars(axes: Axes, values: Array, colors: tuple[str, str, str], texts: list[str]) -> None:
    axes.bar_label(axes.bar(CLASSES, values, color=colors, width=0.65), texts, padding=3)
    axes.axhline(0, color=SOFT, linewidth=1)
    axes.margins(y=0.18)
    axes.grid(visible=False, axis="x")


def _listed(values: Iterable[float]) -> str:
    return listed(map(number, values))
