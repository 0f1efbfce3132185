"""Pictures of the capstone: its images, its network, and what a trained network gets wrong."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch
from numpy.typing import ArrayLike

from lab.data import Array
from lab.data.network import Network
from lab.data.tables import load_digits
from lab.pictures.colors import BLUE, INK, SOFT, VERMILLION
from lab.pictures.style import Picture, arrow, centered, drawing, listed

FORWARD, BACKWARD, PARTS = 3.4, 0.0, -1.95  # heights of the three rows
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
            arrow(ax, (place, BACKWARD - 0.5), (place, PARTS + 0.15), VERMILLION, **LINE)
            said = f"gradients of\nweights {weights}, bias {bias}:\npart of the gradient"
            centered(ax, place, PARTS, said, va="top")
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
        "bias: together they are the flat gradient that the optimizer gets.",
    )


def _box(ax: Axes, x: float, y: float, name: str, color: str) -> None:
    corner, rounded = (x - HALF, y - 0.5), "round,pad=0,rounding_size=0.15"
    box = FancyBboxPatch(corner, 2 * HALF, 1.0, rounded, facecolor=color, edgecolor="none")
    ax.add_patch(box)
    centered(ax, x, y, name, "white", fontweight="bold", fontsize=9.5)


def mixed_digits(seed: int = 1) -> Picture:
    """What becomes of an image before a learner's function gets it."""
    images, labels = _table()
    random = np.random.default_rng(seed)
    order = random.permutation(64)
    first, second = (images[labels == digit][:2] for digit in (3, 7))
    rows = []
    for image, other in (first, second):
        mixture = 0.65 * image + 0.35 * other
        rows.append([image, other, mixture, mixture[order] + random.uniform(-0.5, 0.5, 64)])
    titles = ("an image", "another 3 or 7", "a mixture", "reordered: yours")
    with drawing((7.6, 4.2), 2, 4) as (figure, lines):
        for line, shown in zip(lines, rows, strict=True):
            for axes, image in zip(line, shown, strict=True):
                _image(axes, image)
        for axes, title in zip(lines[0], titles, strict=True):
            axes.set_title(title, fontweight="normal", loc="center", fontsize=10.5)
    return Picture(
        figure,
        "Two rows, for a 3 and for a 7: an image, another image of the same digit, their mixture, "
        "and the mixture with its 64 pixels in a secret order and a little noise. No person can "
        "read the last ones.",
    )


def mean_digits() -> Picture:
    """The mean image of each digit: ten templates."""
    images, labels = _table()
    with drawing((8.4, 1.5), 1, 10) as (figure, line):
        for digit, axes in enumerate(line):
            _image(axes, images[labels == digit].mean(axis=0))
            axes.set_title(f"{digit}", fontweight="normal", loc="center")
    return Picture(
        figure,
        "The mean images of the ten digits, from 0 to 9: blurred, and readable all the same.",
    )


def confusion(guesses: ArrayLike, answers: ArrayLike) -> Picture:
    """How often each digit was read as each other one."""
    guesses, answers = np.asarray(guesses, dtype=int), np.asarray(answers, dtype=int)
    table = np.zeros((10, 10), dtype=int)
    np.add.at(table, (answers, guesses), 1)
    missed = table * (1 - np.eye(10, dtype=int))
    with drawing((5.6, 5.2)) as (figure, axes):
        axes.imshow(missed, cmap="Oranges", vmin=0, vmax=max(3, missed.max()))
        for (answer, guess), count in np.ndenumerate(table):
            if count:
                color = SOFT if answer == guess else INK
                centered(axes, guess, answer, f"{count}", color, fontsize=10)
        axes.set(xticks=range(10), yticks=range(10), xlabel="read as", ylabel="is")
        axes.set(title=f"{missed.sum()} of {len(answers)} digits are misread")
        axes.grid(visible=False)
    pairs = [f"{a} as {g} ({missed[a, g]})" for a, g in np.argwhere(missed == missed.max())]
    most = f" Most often: {listed([*pairs[:2], '…'] if len(pairs) > 2 else [*pairs, ''][:2])}."
    return Picture(
        figure,
        f"Confusion matrix: of {len(answers)} digits {missed.sum()} are misread."
        + (most if len(pairs) > 1 and missed.any() else ""),
    )


def worst_mistakes(images: ArrayLike, answers: ArrayLike, probabilities: ArrayLike) -> Picture:
    """The six images whose right answer got the least probability."""
    answers = np.asarray(answers, dtype=int)
    given = np.asarray(probabilities, dtype=float)[np.arange(len(answers)), answers]
    guesses = np.asarray(probabilities).argmax(axis=1)
    worst = np.argsort(given)[:6]
    with drawing((8.4, 2.4), 1, 6) as (figure, line):
        for axes, row in zip(line, worst, strict=True):
            _image(axes, np.asarray(images)[row])
            title = (
                f"is {answers[row]}, read as {guesses[row]}\n{given[row]:.1%} for {answers[row]}"
            )
            axes.set_title(title, fontweight="normal", loc="center", fontsize=9.5)
    said = listed(f"{answers[row]} as {guesses[row]}" for row in worst)
    return Picture(figure, f"The six worst readings: {said}.")


def portrait(network: Network) -> Picture:
    """What a network with one hidden layer looks for in each digit.

    An image of the slopes of each digit's logit, at a mean image of that digit: where ink speaks
    for the digit, and where it speaks against.
    """
    (first, bias), (last, _) = network.parameters
    digits = load_digits()
    labels = digits.train.targets.argmax(axis=1)
    spread = digits.train.features.std(axis=0)
    slopes = []
    for digit in range(10):
        active = digits.train.features[labels == digit] @ first + bias > 0
        slopes.append(
            spread * (first @ (active.mean(axis=0) * (last[:, digit] - last.mean(axis=1))))
        )
    largest = float(np.abs(slopes).max())
    with drawing((8.4, 3.6), 2, 5) as (figure, grid):
        for digit, axes in enumerate(np.ravel(grid)):
            image = slopes[digit].reshape(8, 8)
            axes.imshow(image, cmap="PuOr_r", vmin=-largest, vmax=largest)
            axes.set(xticks=[], yticks=[])
            axes.grid(visible=False)
            axes.set_title(f"{digit}", loc="center")
    return Picture(
        figure,
        "A portrait of the network: for each digit an image of 8 by 8 pixels. Orange is where ink "
        "speaks for the digit, purple where it speaks against it.",
    )


def _table() -> tuple[Array, Array]:
    """The images in gray levels and the digits that are on them."""
    digits = load_digits()
    return digits.raw(digits.train.features), digits.train.targets.argmax(axis=1)


def _image(axes: Axes, image: Array) -> None:
    axes.imshow(np.reshape(image, (8, 8)), cmap="Greys", vmin=0, vmax=16)
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(True)
