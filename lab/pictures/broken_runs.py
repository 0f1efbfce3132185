"""Pictures of lesson 7: what six broken programs look like, and two causes that hide well."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from lab.data import Array
from lab.pictures.colors import BLUE, INK, ORANGE, SOFT, VERMILLION
from lab.pictures.style import Picture, arrow, centered, dot, drawing, note
from lab.reference_functions import reference

SOUND: dict[str, Any] = {"color": BLUE, "linestyle": "--"}
BROKEN: dict[str, Any] = {"color": VERMILLION}


def six_symptoms() -> Picture:
    """Each of the six programs with its bug, beside a sound run."""
    panels = (
        (_flat_line, "fit_line", "input"),
        (_jumping_loss, "logistic_regression", "step"),
        (_loss_of_guessing, "softmax_regression", "epoch"),
        (_same_walk, "train_with_momentum", "step"),
        (_steps_of_adam, "train_with_adam", "step"),
        (_weights_that_come_back, "train_until_worse", "step"),
    )
    with drawing((9.4, 5.6), 2, 3) as (figure, grid):
        for axes, (draw, program, below) in zip(grid.flat, panels, strict=True):
            draw(axes)
            axes.set(title=program, xlabel=below)
            axes.title.set_fontsize(10.5)
        grid[0, 0].legend(loc="upper left", fontsize=9)
    return Picture(
        figure,
        "Six panels, each with a sound run (blue, dashed) and the broken one (vermilion). "
        "fit_line: the broken line is flat, at the mean of the points. logistic_regression: the "
        "loss jumps up and down where the sound one falls. softmax_regression: the loss stays at "
        "1.1, that of guessing. train_with_momentum: the loss falls as slowly as without "
        "momentum. train_with_adam: the steps are twice as long as they should be at step 10, "
        "and a third as long at step 1,000. train_until_worse: the weights that come back are "
        "the last, not those at the lowest loss.",
    )


def points_near_a_line() -> tuple[Array, Array]:
    """Thirty inputs, and targets near 1.5 · input + 1."""
    random = np.random.default_rng(7)
    inputs = np.linspace(-2, 2, 30)[:, np.newaxis]
    return inputs, 1.5 * inputs[:, 0] + 1 + random.normal(0.0, 0.4, 30)


def two_clouds(count: int = 300) -> tuple[Array, Array]:
    """Examples of two classes with a constant feature, and their classes."""
    random = np.random.default_rng(7)
    classes = np.arange(count) % 2
    spots = random.normal(size=(count, 2)) + np.where(classes[:, np.newaxis], 0.6, -0.6)
    return np.column_stack([spots, np.ones(count)]), classes.astype(float)


def three_clouds(count: int = 120) -> tuple[Array, Array]:
    """Examples of three classes with a constant feature, and one-hot rows."""
    random = np.random.default_rng(7)
    classes = np.arange(count) % 3
    centers = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
    spots = centers[classes] + random.normal(size=(count, 2))
    return np.column_stack([spots, np.ones(count)]), np.eye(3)[classes]


def binary_loss(weights: Array, features: Array, targets: Array) -> float:
    """The mean binary cross-entropy of logits features @ weights."""
    logits = features @ weights
    return float(np.mean(np.logaddexp(0, logits) - targets * logits))


def categorical_loss(weights: Array, features: Array, targets: Array) -> float:
    """The mean categorical cross-entropy of logits features @ weights."""
    logits = features @ weights
    return float(np.mean(np.logaddexp.reduce(logits, axis=1) - np.sum(targets * logits, axis=1)))


def _flat_line(axes: Axes) -> None:
    inputs, targets = points_near_a_line()
    slope, intercept = reference("broken_runs").fit_line(inputs, targets, 0.1, 200)
    ends = np.array([-2.2, 2.2])
    axes.plot(inputs, targets, "o", color=SOFT, markersize=4, alpha=0.6)
    axes.plot(ends, slope * ends + intercept, label="sound", **SOUND)
    axes.plot(ends, [targets.mean()] * 2, label="broken", **BROKEN)


def _jumping_loss(axes: Axes) -> None:
    features, targets = two_clouds()
    train, steps = reference("broken_runs").logistic_regression, range(26)
    for rate, looks in ((1.0, SOUND), (1.0 * len(targets), BROKEN)):  # a sum is n means
        losses = [binary_loss(train(features, targets, rate, k), features, targets) for k in steps]
        axes.semilogy(steps, losses, **looks)
    axes.set(ylabel="loss")


def _loss_of_guessing(axes: Axes) -> None:
    features, targets = three_clouds()
    train, random = reference("broken_runs").softmax_regression, np.random.default_rng(7)
    epochs = range(13)
    sound = [train(features, targets, 0.1, k, 16) for k in epochs]
    axes.plot(epochs, [categorical_loss(weights, features, targets) for weights in sound], **SOUND)
    weights, losses = np.zeros((3, 3)), []
    for _ in epochs:
        losses.append(categorical_loss(weights, features, targets))
        rows = features[random.permutation(len(features))]
        for first in range(0, len(rows), 16):
            batch, wanted = rows[first : first + 16], targets[first : first + 16]
            powers = np.exp(batch @ weights)
            errors = powers / powers.sum(axis=1, keepdims=True) - wanted
            weights = weights - 0.1 * batch.T @ errors / len(batch)
    axes.plot(epochs, losses, **BROKEN)
    axes.set(ylabel="loss", ylim=(0, 1.35))
    note(axes, "ln 3", (12, float(np.log(3))), (0, 7), SOFT, "right", fontsize=9)


def _same_walk(axes: Axes) -> None:
    curvatures = np.array([1.0, 30.0])
    for momentum, looks in ((0.9, SOUND), (0.0, BROKEN)):  # broken, it changes nothing
        path = reference("broken_runs").train_with_momentum(
            lambda weights: curvatures * weights, [9.0, 1.0], 0.01, momentum, 120
        )
        axes.semilogy(0.5 * (path**2 @ curvatures), **looks)
    axes.set(ylabel="loss", ylim=(1e-5, 100))


def steps_of_broken_adam(count: int) -> Array:
    """How many learning rates long its steps 1, 2, … on a constant slope are.

    Its means are those of a right Adam, and both are divided as at the first step.
    """
    k = np.arange(1, count + 1)
    return np.asarray((1 - 0.9**k) / 0.1 / np.sqrt((1 - 0.999**k) / 0.001))


def _steps_of_adam(axes: Axes) -> None:
    lengths = steps_of_broken_adam(2000)
    steps = np.arange(1, len(lengths) + 1)
    axes.semilogx(steps, np.ones(len(lengths)), **SOUND)
    axes.semilogx(steps, lengths, **BROKEN)
    axes.set(ylabel="steps, in learning rates", ylim=(0, 2.3))


def _weights_that_come_back(axes: Axes) -> None:
    losses = watched_losses()
    axes.plot(losses, color=SOFT)
    best, last = int(np.argmin(losses)), len(losses) - 1
    dot(axes, best, losses[best], BLUE)
    dot(axes, last, losses[last], VERMILLION)
    note(axes, "sound", (best, losses[best]), (0, 11), BLUE, "center", fontsize=9)
    note(axes, "broken", (last, losses[last]), (4, 11), VERMILLION, "right", fontsize=9)
    axes.set(ylabel="held-out loss", ylim=(0, None))


def watched_losses() -> Array:
    """A held-out loss that falls, and rises again until the patience of eight steps is over."""
    weights = 5 * (1 - 0.9 ** np.arange(17))
    return np.asarray((weights - 3) ** 2 + 0.6)


def nine_differences() -> Picture:
    """A column of three minus a row of three: a table of nine."""
    column, row = np.array([1.0, 4.0, 6.0]), np.array([2.0, 4.0, 9.0])
    with drawing((6.4, 3.5)) as (figure, axes):
        for i, j in np.ndindex(3, 3):
            wanted = i == j
            _cell(axes, 3 + j, -i, f"{column[i] - row[j]:g}", ORANGE if wanted else "#eef1f4")
        for i in range(3):
            _cell(axes, 0.4, -i, f"{column[i]:g}", "#d6e6f2")
            _cell(axes, 3 + i, 1.6, f"{row[i]:g}", "#d6e6f2")
        centered(axes, 1.7, -1, "−", fontsize=15)
        centered(axes, 0.4, 1.6, "predictions\n(3, 1)", SOFT, fontsize=10)
        axes.text(5.75, 1.6, "targets (3,)", ha="left", va="center", color=SOFT, fontsize=10)
        axes.text(5.75, -1, "(3, 3):\nonly the three\non the diagonal\nwere meant", va="center")
        axes.set(xlim=(-0.4, 8.4), ylim=(-2.6, 2.3), title="Three minus three makes nine")
        axes.set_axis_off()
    return Picture(
        figure,
        "A column of three predictions, 1, 4 and 6, minus a row of three targets, 2, 4 and 9, "
        "makes a table of three rows and three columns: every prediction minus every target. "
        "Only the diagonal, −1, 0 and −3, was meant.",
    )


def _cell(axes: Axes, x: float, y: float, text: str, color: str) -> None:
    axes.fill([x - 0.45, x + 0.45, x + 0.45, x - 0.45], [y - 0.4] * 2 + [y + 0.4] * 2, color=color)
    centered(axes, x, y, text.replace("-", "−"))


def two_names() -> Picture:
    """Two names for one array, and a copy: what changing in place does to either."""
    with drawing((8.6, 2.9), 1, 2) as (figure, (shared, apart)):
        for axes, title, arrays in (
            (shared, "best = weights", {"weights, best": (1.0, "[4.]")}),
            (apart, "best = weights.copy()", {"weights": (1.6, "[4.]"), "best": (0.4, "[3.]")}),
        ):
            for names, (height, value) in arrays.items():
                for k, name in enumerate(names.split(", ")):
                    place = height + (0.6 - 1.2 * k if "," in names else 0)
                    color = VERMILLION if name == "best" and value == "[4.]" else INK
                    axes.text(0.4, place, name, ha="right", va="center", color=color, size=12)
                    arrow(axes, (0.5, place), (1.95, height), SOFT, shrinkA=0, shrinkB=0)
                _cell(axes, 2.5, height, value, "#d6e6f2")
            axes.set(xlim=(-0.8, 3.2), ylim=(-0.3, 2.3), title=title)
            axes.title.set_family("monospace")
            axes.set_axis_off()
    return Picture(
        figure,
        "After best = weights, both names lead to one array: once weights += 1 has made it 4, "
        "best is 4 too. After best = weights.copy(), there are two arrays: weights is 4, and best "
        "is still 3.",
    )
