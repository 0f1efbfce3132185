"""The network of the capstone: what each layer keeps on the way forward, and hands back."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from lab.pictures.colors import BLUE, SOFT, VERMILLION
from lab.pictures.style import Picture, arrow, centered, drawing

FORWARD, BACKWARD, ADAMS = 3.4, 0.0, -1.95  # heights of the three rows
LAYERS = (3.3, 8.0, 12.7)  # where the layers are, from left to right
ENDS = (0.35, 15.65)
HALF = 1.4  # half the width of a layer's box
LINE: dict[str, Any] = {"lw": 1.6, "shrinkA": 0, "shrinkB": 0}


def layers_of_the_capstone(pixels: int = 64, hidden: int = 64, classes: int = 10) -> Picture:
    """Forward pass above, backward pass below, and between them what each layer keeps."""
    arrays = (
        ("inputs", f"(n, {pixels})"),
        ("sums", f"(n, {hidden})"),
        ("active", f"(n, {hidden})"),
        ("logits", f"(n, {classes})"),
    )
    parameters = (
        (f"({pixels}, {hidden})", f"({hidden},)"),
        (f"({hidden}, {classes})", f"({classes},)"),
    )
    with drawing((8.6, 5.1)) as (figure, ax):
        stops = (ENDS[0], *LAYERS, ENDS[1])
        for place, kind in zip(LAYERS, ("dense", "relu", "dense"), strict=True):
            _box(ax, place, FORWARD, f"{kind}_forward", BLUE)
            _box(ax, place, BACKWARD, f"{kind}_backward", VERMILLION)
        for number, (name, shape) in enumerate(arrays):
            left = stops[number] + (HALF if number else 0)
            right = stops[number + 1] - (HALF if number < len(LAYERS) else 0)
            arrow(ax, (left, FORWARD), (right, FORWARD), BLUE, **LINE)
            middle = (left + right) / 2
            centered(ax, middle, FORWARD + 0.22, f"{name}\n{shape}", va="bottom")
            if number:  # nobody asks for the gradient of the images
                arrow(ax, (right, BACKWARD), (left, BACKWARD), VERMILLION, **LINE)
                centered(ax, middle, BACKWARD + 0.22, shape, VERMILLION, va="bottom")
            if number < len(LAYERS):
                place = LAYERS[number]
                down = (place, FORWARD - 0.5), (place, BACKWARD + 0.5)
                arrow(ax, *down, SOFT, ls="--", **LINE)
                ax.text(place - 0.2, 1.7, f"keeps\n{name}", ha="right", va="center", color=SOFT)
        ax.plot([ENDS[1]] * 2, [FORWARD, BACKWARD], color=VERMILLION, lw=1.6)
        turn = "softmax_\ncross_entropy_\ngradient"
        ax.text(ENDS[1] - 0.2, 1.7, turn, ha="right", va="center", color=VERMILLION)
        for place, (weights, bias) in zip(LAYERS[::2], parameters, strict=True):
            arrow(ax, (place, BACKWARD - 0.5), (place, ADAMS + 0.15), VERMILLION, **LINE)
            said = f"gradients of\nweights {weights}, bias {bias}:\none Adam for each"
            centered(ax, place, ADAMS, said, va="top")
        ax.set(xlim=(0, 16.2), ylim=(-3.4, 4.7))
        ax.set(title=f"{pixels} → {hidden} → {classes}, there and back")
        ax.set_axis_off()
    return Picture(
        figure,
        f"The capstone's network. Forward, from left to right: inputs (n, {pixels}), a dense "
        f"layer, sums (n, {hidden}), a ReLU, active (n, {hidden}), a dense layer, logits "
        f"(n, {classes}). Each layer keeps what went into it. Backward, from right to left, "
        f"starting with softmax_cross_entropy_gradient: gradients (n, {classes}), (n, {hidden}) "
        f"and (n, {hidden}). Each dense layer also gives the gradients of its weights and its "
        "bias, and each of these four has its own Adam.",
    )


def _box(ax: Axes, x: float, y: float, name: str, color: str) -> None:
    corner, rounded = (x - HALF, y - 0.5), "round,pad=0,rounding_size=0.15"
    box = FancyBboxPatch(corner, 2 * HALF, 1.0, rounded, facecolor=color, edgecolor="none")
    ax.add_patch(box)
    centered(ax, x, y, name, "white", fontweight="bold", fontsize=9.5)
