"""Pictures of lesson 4: noisy gradients, the ravine, changing gradients, Adam's first steps."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from lab.data import Array
from lab.data.landscapes import LANDSCAPES, RAVINE_CURVATURES
from lab.pictures.colors import BLUE, GREEN, INK, SOFT, VERMILLION
from lab.pictures.style import Picture, drawing, note

N_EXAMPLES = 40
HALO = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5}


def one_example_at_a_time() -> Picture:
    """Paths of full gradient descent and of SGD over one epoch's worth of examples."""
    features, targets = straight_line_data()
    best = np.linalg.lstsq(features, targets, rcond=None)[0]
    start = np.array([-1.0, 3.2])
    full = [start]
    for _ in range(N_EXAMPLES):
        full.append(full[-1] - 0.1 * _mean_gradient(full[-1], features, targets))
    single = [start]
    for i in np.random.default_rng(3).permutation(N_EXAMPLES):
        example = features[i : i + 1], targets[i : i + 1]
        single.append(single[-1] - 0.1 * _mean_gradient(single[-1], *example))

    with drawing((8.6, 4.0), 1, 2, sharex=True, sharey=True) as (figure, axes):
        walks = (
            (np.array(full), BLUE, f"All {N_EXAMPLES} examples a step: 40 steps"),
            (np.array(single), VERMILLION, "One example a step: 40 steps"),
        )
        for ax, (path, color, title) in zip(axes, walks, strict=True):
            _regression_contours(ax, features, targets)
            ax.plot(*path.T, color=color, marker="o", markersize=3.5, linewidth=1.5)
            ax.plot(*start, "o", color=INK, markersize=6)
            note(ax, "start", (start[0], start[1]), (-8, -15), side="center")
            ax.plot(*best, marker="*", color=GREEN, markersize=15, markeredgecolor="white")
            ax.set(title=title, xlabel="slope of the line")
        axes[0].set_ylabel("height of the line at x = 0")
        read_full, read_single = N_EXAMPLES * N_EXAMPLES, N_EXAMPLES
        for ax, read in zip(axes, (read_full, read_single), strict=True):
            ax.text(0.03, 0.04, f"reads {read:,} examples", transform=ax.transAxes, bbox=HALO)
    distances = [np.linalg.norm(path[-1] - best) for path in (np.array(full), np.array(single))]
    return Picture(
        figure,
        "Two paths over the contours of a loss with two weights, 40 steps each. Full gradient "
        f"descent follows a smooth curve and ends {distances[0]:.2f} from the minimum, having read "
        f"{read_full:,} examples. SGD staggers and ends {distances[1]:.2f} from it, having read "
        f"{read_single}.",
    )


def noise_floor(epochs: int = 60, runs: int = 40) -> Picture:
    """Loss above its minimum against epochs: two constant learning rates, and a shrinking one."""
    curves = {
        "learning rate 0.1": (sgd_excess(lambda epoch: 0.1, epochs, runs), VERMILLION),
        "learning rate 0.01": (sgd_excess(lambda epoch: 0.01, epochs, runs), BLUE),
        "shrinking: 0.1 / (1 + epoch)": (
            sgd_excess(lambda epoch: 0.1 / (1 + epoch), epochs, runs),
            GREEN,
        ),
    }
    with drawing((8.6, 4.0)) as (figure, ax):
        for (label, (curve, color)), height in zip(curves.items(), (2.2, 2.2, 8.0), strict=True):
            ax.semilogy(curve, color=color)
            note(ax, label, (0.985 * epochs, curve[-5:].mean() * height), (0, 0), color, "right")
        ax.set(title="A constant learning rate stops at a noise floor", xlabel="epochs")
        ax.set(ylabel="mean squared error above its minimum", xlim=(0, epochs))
    high, low, shrinking = (curve[-20:].mean() for curve, _ in curves.values())
    return Picture(
        figure,
        f"Loss above its minimum over {epochs} epochs of SGD, mean of {runs} runs, logarithmic "
        f"axis. Learning rate 0.1 falls fast and stays at about {high:.2g}; 0.01 falls more slowly "
        f"and stays at about {low:.2g}; the shrinking one keeps falling, to {shrinking:.2g}.",
    )


def minibatch_noise() -> Picture:
    """Spread of the gradient estimate against batch size, with the law 1/√B."""
    sizes = np.array([1, 2, 4, 8, 16, 32, 64, 128, 256])
    spread = gradient_spread(sizes)
    with drawing((6.6, 3.9)) as (figure, ax):
        ax.loglog(sizes, spread[0] / np.sqrt(sizes), color=SOFT, linestyle="--", linewidth=1.5)
        ax.loglog(sizes, spread, "o", color=BLUE, markersize=7)
        note(ax, "1 / √(batch size)", (32, spread[0] / np.sqrt(32)), (12, 8), SOFT)
        ax.set_xticks(sizes, [str(size) for size in sizes])
        ax.minorticks_off()
        ticks = [0.1, 0.2, 0.5, 1.0, 2.0]
        ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        ax.set(title="Four times the batch, half the noise", xlabel="batch size (examples)")
        ax.set(ylabel="standard deviation\nof the gradient estimate")
    return Picture(
        figure,
        "Standard deviation of a minibatch gradient against batch size, both axes logarithmic. "
        f"The points fall along a straight line of slope −1/2, from {spread[0]:.2f} for one "
        f"example to {spread[-1]:.2f} for {sizes[-1]}.",
    )


def ravine(steps: int = 40) -> Picture:
    """Zigzag of gradient descent in a ravine, momentum beside it."""
    curvature = np.array(RAVINE_CURVATURES)
    start = np.array(LANDSCAPES["ravine"].start)
    plain = _heavy_ball(curvature, start, 0.045, 0.0, steps)
    heavy = _heavy_ball(curvature, start, 0.045, 0.7, steps)
    with drawing((8.6, 4.4), 2, 1, sharex=True, sharey=True) as (figure, axes):
        grid = np.meshgrid(np.linspace(-10, 2.5, 200), np.linspace(-1.5, 1.5, 120))
        heights = 0.5 * (curvature[0] * grid[0] ** 2 + curvature[1] * grid[1] ** 2)
        walks = ((plain, BLUE, "Gradient descent"), (heavy, VERMILLION, "With momentum 0.7"))
        for ax, (path, color, title) in zip(axes, walks, strict=True):
            ax.contour(
                *grid, heights, levels=np.geomspace(0.3, 90, 9), colors="#c9ced6", linewidths=0.9
            )
            ax.plot(*path.T, color=color, marker="o", markersize=3.5, linewidth=1.4)
            ax.plot(0, 0, marker="*", color=GREEN, markersize=15, markeredgecolor="white")
            left = np.linalg.norm(path[-1])
            ax.set_title(f"{title}: {left:.2g} from the minimum after {steps} steps")
            ax.set_ylabel("second weight")
            ax.grid(False)
        axes[1].set_xlabel("first weight")
    return Picture(
        figure,
        "Two paths in a long narrow valley, same learning rate. Gradient descent jumps from wall "
        f"to wall and creeps along the floor: {np.linalg.norm(plain[-1]):.2g} from the minimum "
        f"after {steps} steps. With momentum the jumps die out and the floor is covered in long "
        f"strides: {np.linalg.norm(heavy[-1]):.2g}.",
    )


def changing_gradients() -> Picture:
    """Steps of SGD and RMSprop while the gradient's size jumps a hundredfold and falls back."""
    gradient = np.concatenate([np.full(100, 1.0), np.full(100, 100.0), np.full(300, 1.0)])
    forgetful, patient = rmsprop_steps(gradient, 0.9), rmsprop_steps(gradient, 0.99)
    with drawing((8.6, 3.9)) as (figure, ax):
        curves = (
            (gradient, SOFT, "SGD: the gradient itself"),
            (forgetful, VERMILLION, "RMSprop, decay 0.9"),
            (patient, BLUE, "RMSprop, decay 0.99"),
        )
        for values, color, _ in curves:
            ax.semilogy(values, color=color)
        for (_, color, label), spot in zip(
            curves, ((208, 60), (305, 1.4), (335, 0.015)), strict=True
        ):
            note(ax, label, spot, (0, 0), color)
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        ax.set(title="RMSprop rides out a hundredfold jump of the gradient", xlabel="steps")
        ax.set(ylabel="length of the step / learning rate", xlim=(0, 500))
    recovered = int(np.argmax(forgetful[200:] > 0.5))
    return Picture(
        figure,
        "Length of the step against steps while the gradient goes from 1 to 100 and back to 1. "
        "SGD's steps jump a hundredfold. RMSprop's rise for a moment, at most to "
        f"{patient.max():.0f}, and return to about 1. When the gradient falls back its steps are "
        f"short until the memory fades: {recovered} steps with decay 0.9, more than 300 with "
        "decay 0.99.",
    )


def first_steps_of_adam(steps: int = 60) -> Picture:
    """Adam's step under a constant gradient, with and without bias correction."""
    corrected, uncorrected = adam_steps(steps)
    numbers = np.arange(1, steps + 1)
    with drawing((8.6, 3.7)) as (figure, ax):
        ax.plot(numbers, uncorrected, color=VERMILLION)
        ax.plot(numbers, corrected, color=BLUE)
        ax.plot(1, corrected[0], "o", color=BLUE, clip_on=False)
        ax.plot(1, uncorrected[0], "o", color=VERMILLION, clip_on=False)
        note(ax, f"first step {uncorrected[0]:.2f}", (1, uncorrected[0]), (10, -4), VERMILLION)
        note(ax, "without bias correction", (steps, uncorrected[-1]), (-2, 32), VERMILLION, "right")
        note(ax, "with: one learning rate a step", (steps, corrected[-1]), (-2, 10), BLUE, "right")
        ax.set(title="What bias correction prevents", xlabel="step")
        ax.set(ylabel="length of the step / learning rate", xlim=(1, steps), ylim=(0, None))
        ax.set_xticks([1, *range(10, steps + 1, 10)])
    return Picture(
        figure,
        "Length of Adam's step, in learning rates, over the first steps with a constant gradient. "
        "With bias correction it is 1 at every step. Without, the first step is "
        f"{uncorrected[0]:.2f} and the longest, step {int(uncorrected.argmax()) + 1}, is "
        f"{uncorrected.max():.2f}.",
    )


def straight_line_data() -> tuple[Array, Array]:
    """Forty points near the line y = 1.5 x + 1: features (x, 1) and targets."""
    generator = np.random.default_rng(12)
    x = generator.uniform(-1.2, 1.8, N_EXAMPLES)
    targets = 1.5 * x + 1 + generator.normal(0, 0.6, N_EXAMPLES)
    return np.column_stack([x, np.ones(N_EXAMPLES)]), targets


def sgd_excess(learning_rate: Callable[[int], float], epochs: int, runs: int) -> Array:
    """Mean squared error above its minimum after each epoch of SGD, mean over several runs."""
    features, targets = straight_line_data()
    best = np.linalg.lstsq(features, targets, rcond=None)[0]
    generator = np.random.default_rng(8)
    weights = np.tile([-1.0, 3.2], (runs, 1))
    excess = []
    for epoch in range(epochs + 1):
        misses = (weights - best) @ features.T
        excess.append(np.mean(misses**2))
        orders = generator.permuted(np.tile(np.arange(N_EXAMPLES), (runs, 1)), axis=1)
        for rows in orders.T:
            errors = np.sum(features[rows] * weights, axis=1) - targets[rows]
            weights = weights - learning_rate(epoch) * 2 * errors[:, None] * features[rows]
    return np.array(excess)


def gradient_spread(sizes: NDArray[np.int_], draws: int = 4000) -> Array:
    """Standard deviation of the first gradient entry, estimated from minibatches of each size."""
    features, targets = straight_line_data()
    weights = np.array([0.0, 0.0])
    single = 2 * (features @ weights - targets) * features[:, 0]
    generator = np.random.default_rng(5)
    return np.array(
        [np.std(generator.choice(single, (draws, size)).mean(axis=1)) for size in sizes]
    )


def rmsprop_steps(gradient: Array, decay: float) -> Array:
    """Lengths of RMSprop's steps, in learning rates, under these gradients of one weight."""
    square, steps = gradient[0] ** 2, []  # starts warm: the beginning is another story
    for value in gradient:
        square = decay * square + (1 - decay) * value**2
        steps.append(abs(value) / np.sqrt(square))
    return np.array(steps)


def adam_steps(steps: int, beta1: float = 0.9, beta2: float = 0.999) -> tuple[Array, Array]:
    """Lengths of Adam's steps under gradient 1, with bias correction and without."""
    numbers = np.arange(1, steps + 1)
    mean, square = 1 - beta1**numbers, 1 - beta2**numbers  # geometric sums
    corrected = (mean / (1 - beta1**numbers)) / np.sqrt(square / (1 - beta2**numbers))
    return corrected, mean / np.sqrt(square)


def _regression_contours(ax: Axes, features: Array, targets: Array) -> None:
    slopes, heights = np.meshgrid(np.linspace(-1.6, 3.2, 140), np.linspace(-0.4, 4.2, 140))
    misses = slopes[..., None] * features[:, 0] + heights[..., None] - targets
    losses = np.mean(misses**2, axis=-1)
    levels = losses.min() + np.geomspace(0.05, 9, 9)
    ax.contour(slopes, heights, losses, levels=levels, colors="#c9ced6", linewidths=0.9)
    ax.grid(False)


def _mean_gradient(weights: Array, features: Array, targets: Array) -> Array:
    gradient: Array = 2 / len(targets) * features.T @ (features @ weights - targets)
    return gradient


def _heavy_ball(
    curvature: Array, start: Array, learning_rate: float, momentum: float, steps: int
) -> Array:
    path, velocity = [start], np.zeros_like(start)
    for _ in range(steps):
        velocity = momentum * velocity + curvature * path[-1]
        path.append(path[-1] - learning_rate * velocity)
    return np.array(path)
