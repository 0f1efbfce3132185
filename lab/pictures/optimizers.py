"""Pictures of lesson 4: noisy gradients, the ravine, changing gradients, Adam's first steps."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from lab.data import Array
from lab.data.landscapes import LANDSCAPES, RAVINE_CURVATURES
from lab.pictures.colors import BLUE, GREEN, INK, PURPLE, SOFT, VERMILLION
from lab.pictures.style import Picture, drawing, note

N_EXAMPLES = 40
START = (-1.0, 3.2)
BEST_RATES = {40: 10**-0.7, 8: 10**-0.8, 1: 10**-1.55}  # by batch size; a test finds them again
HALO = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5}


def one_example_at_a_time(epochs: int = 5) -> Picture:
    """Paths that read equally many examples: all at a step, eight, and one, each at its best."""
    table = straight_line_data(0.0, 3.0)
    features, targets = table
    best = np.linalg.lstsq(features, targets, rcond=None)[0]
    said = []
    with drawing((9.6, 3.9), 1, 3, sharex=True, sharey=True) as (figure, axes):
        looks = ((40, BLUE, "All 40 a step"), (8, PURPLE, "Eight a step"), (1, VERMILLION, "One"))
        for ax, (size, color, title) in zip(axes, looks, strict=True):
            rate = BEST_RATES[size]
            path = batch_path(*table, size, rate, epochs, seed=7)
            left = mean_excess(size, rate, epochs)
            _regression_contours(ax, features, targets)
            ax.plot(*path.T, color=color, marker="o", markersize=3, linewidth=1.2)
            ax.plot(*START, "o", color=INK, markersize=6)
            note(ax, "start", START, (0, -17), side="center")
            ax.plot(*best, marker="*", color=GREEN, markersize=15, markeredgecolor="white")
            ax.set(title=f"{title}: {len(path) - 1} steps", xlabel="slope of the line")
            ax.set(xlim=(-1.7, 3.1), ylim=(-1.2, 4.4))
            text = f"rate {rate:.2g}, ends {left:.2g}\nabove the lowest loss"
            ax.text(0.03, 0.03, text, transform=ax.transAxes, bbox=HALO, fontsize=10)
            said.append(f"{size} at a step, {len(path) - 1} steps at rate {rate:.2g}: {left:.2g}")
        axes[0].set_ylabel("height of the line at x = 0")
    return Picture(
        figure,
        f"Three paths over the contours of a loss with two weights. Each reads the {N_EXAMPLES} "
        f"examples {epochs} times, at its own best learning rate. Mean loss above the minimum at "
        f"the end, over 30 orders: {'; '.join(said)}.",
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
    """Spread of the gradient estimate against batch size, drawn without replacement."""
    sizes = np.array([1, 2, 4, 8, 16, 24, 32, 36, 40])
    spread = gradient_spread(sizes)
    smooth = np.geomspace(1, N_EXAMPLES - 0.02, 300)
    exact = spread[0] * np.sqrt((N_EXAMPLES - smooth) / (N_EXAMPLES - 1) / smooth)
    with drawing((7.4, 3.9)) as (figure, ax):
        ax.plot(smooth, spread[0] / np.sqrt(smooth), color=SOFT, linestyle="--", linewidth=1.5)
        ax.plot(smooth, exact, color=BLUE, linewidth=1.2)
        ax.plot(sizes, spread, "o", color=BLUE, markersize=7)
        note(ax, "a huge table: 1 / √B", (28, spread[0] / np.sqrt(28)), (0, 8), SOFT, "center")
        note(ax, f"this table of {N_EXAMPLES}", (16, spread[4]), (-6, -14), BLUE, "right")
        ax.set_xticks(sizes[[0, 2, 3, 4, 6, 8]])
        ax.set(title="Four times the batch, half the noise, and none at all in the end")
        ax.set(xlabel="batch size B (examples)", ylim=(0, None), xlim=(0, N_EXAMPLES + 1))
        ax.set_ylabel("standard deviation\nof the gradient estimate")
    return Picture(
        figure,
        f"Standard deviation of a minibatch gradient against batch size, for batches drawn without "
        f"replacement from {N_EXAMPLES} examples: {spread[0]:.2f} for one example, {spread[2]:.2f} "
        f"for 4, {spread[4]:.2f} for 16, and 0 for all {N_EXAMPLES}. Small batches follow 1/√B, "
        "large ones fall below it.",
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


def straight_line_data(low: float = -1.2, high: float = 1.8) -> tuple[Array, Array]:
    """Forty points near the line y = 1.5 x + 1: features (x, 1) and targets."""
    generator = np.random.default_rng(12)
    x = generator.uniform(low, high, N_EXAMPLES)
    targets = 1.5 * x + 1 + generator.normal(0, 0.6, N_EXAMPLES)
    return np.column_stack([x, np.ones(N_EXAMPLES)]), targets


def batch_path(
    features: Array, targets: Array, size: int, learning_rate: float, epochs: int, seed: int
) -> Array:
    """The weights before each step and after the last, in batches of one size."""
    generator = np.random.default_rng(seed)
    path = [np.array(START)]
    for _ in range(epochs):
        order = generator.permutation(len(targets))
        for rows in np.split(order, range(size, len(order), size)):
            slope = _mean_gradient(path[-1], features[rows], targets[rows])
            path.append(path[-1] - learning_rate * slope)
    return np.array(path)


def mean_excess(size: int, learning_rate: float, epochs: int, orders: int = 30) -> float:
    """Loss above its minimum after so many epochs, mean over several orders of the table."""
    features, targets = straight_line_data(0.0, 3.0)
    best = np.linalg.lstsq(features, targets, rcond=None)[0]
    ends = [
        batch_path(features, targets, size, learning_rate, epochs, seed)[-1]
        for seed in range(1 if size == len(targets) else orders)
    ]
    return float(np.mean(((np.array(ends) - best) @ features.T) ** 2))


def sgd_excess(learning_rate: Callable[[int], float], epochs: int, runs: int) -> Array:
    """Mean squared error above its minimum after each epoch of SGD, mean over several runs."""
    features, targets = straight_line_data()
    best = np.linalg.lstsq(features, targets, rcond=None)[0]
    generator = np.random.default_rng(8)
    weights = np.tile(START, (runs, 1))
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
    """Standard deviation of the first gradient entry over minibatches without replacement."""
    features, targets = straight_line_data()
    single = 2 * (features @ np.zeros(2) - targets) * features[:, 0]
    shuffled = np.random.default_rng(5).permuted(np.tile(single, (draws, 1)), axis=1)
    return np.array([np.std(shuffled[:, :size].mean(axis=1)) for size in sizes])


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
    slopes, heights = np.meshgrid(np.linspace(-1.8, 3.3, 140), np.linspace(-1.3, 4.5, 140))
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
