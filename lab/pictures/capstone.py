"""The network of the capstone: what each layer keeps on the way forward, and hands back."""

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from lab.pictures.style import BLUE, SOFT, VERMILLION, Picture, centered, drawing

FORWARD, BACKWARD, ADAMS = 3.4, 0.0, -1.95  # heights of the three rows
LAYERS = (3.3, 8.0, 12.7)  # where the layers are, from left to right
ENDS = (0.35, 15.65)
HALF = 1.4  # half the width of a layer's box


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
            _arrow(ax, (left, FORWARD), (right, FORWARD), BLUE)
            middle = (left + right) / 2
            centered(ax, middle, FORWARD + 0.22, f"{name}\n{shape}", va="bottom")
            if number:  # nobody asks for the gradient of the images
                _arrow(ax, (right, BACKWARD), (left, BACKWARD), VERMILLION)
                centered(ax, middle, BACKWARD + 0.22, shape, VERMILLION, va="bottom")
            if number < len(LAYERS):
                place = LAYERS[number]
                _arrow(ax, (place, FORWARD - 0.5), (place, BACKWARD + 0.5), SOFT, "--")
                ax.text(place - 0.2, 1.7, f"keeps\n{name}", ha="right", va="center", color=SOFT)
        ax.plot([ENDS[1]] * 2, [FORWARD, BACKWARD], color=VERMILLION, lw=1.6)
        turn = "softmax_\ncross_entropy_\ngradient"
        ax.text(ENDS[1] - 0.2, 1.7, turn, ha="right", va="center", color=VERMILLION)
        for place, (weights, bias) in zip(LAYERS[::2], parameters, strict=True):
            _arrow(ax, (place, BACKWARD - 0.5), (place, ADAMS + 0.15), VERMILLION)
            said = f"gradients of\nweights {weights}, bias {bias}:\none Adam for each"
            centered(ax, place, ADAMS, said, va="top")
        ax.set(
            xlim=(0, 16.2),
            ylim=(-3.4, 4.7),
            title=f"{pixels} → {hidden} → {classes}, there and back",
        )
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


def _arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, style: str = "-"
) -> None:
    arrow = {
        "arrowstyle": "-|>",
        "color": color,
        "lw": 1.6,
        "ls": style,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    ax.annotate("", end, start, arrowprops=arrow)
