"""Pictures of lesson 5: the ReLU, shapes, orders of a table and of a step, a training run."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lab.data import Array
from lab.data.tables import load_digits, load_tumors
from lab.pictures.colors import BLUE, SOFT, VERMILLION
from lab.pictures.style import Picture, centered, dot, drawing, note, number
from lab.reference_functions import reference


def relu_and_its_slope() -> Picture:
    """The ReLU and its slope, side by side."""
    with drawing((8.0, 2.9), 1, 2) as (figure, (value, slope)):
        value.plot([-3, 0, 3], [0, 0, 3], color=BLUE)
        value.set(title="ReLU: max(0, input)", xlabel="input", ylabel="output")
        for left, right, height in ((-3, 0, 0), (0, 3, 1)):
            slope.plot([left, right], [height, height], color=VERMILLION)
        slope.plot(0, 1, "o", color="white", markeredgecolor=VERMILLION, markersize=7)
        slope.plot(0, 0, "o", color=VERMILLION, markersize=7)
        slope.set(title="Its slope: a gate", xlabel="input", ylabel="slope", yticks=[0, 1])
        slope.set_ylim(-0.25, 1.35)
        note(slope, "shut", (-1.5, 0), (0, 8), SOFT, "center")
        note(slope, "open", (1.5, 1), (0, 8), SOFT, "center")
    return Picture(
        figure,
        "Left, the ReLU: 0 for negative inputs, the input itself for positive ones. Right, its "
        "slope: 0 up to and including input 0, and 1 beyond: a gate that is shut or open.",
    )


def shapes_of_a_dense_layer() -> Picture:
    """The four matrix products of a dense layer, drawn as grids of their shapes."""
    n, n_in, n_out = 4, 3, 2
    rows = (
        ("outputs", (n, n_out), "inputs", (n, n_in), "weights", (n_in, n_out)),
        ("weights gradient", (n_in, n_out), "inputsᵀ", (n_in, n), "output gradient", (n, n_out)),
        ("input gradient", (n, n_in), "output gradient", (n, n_out), "weightsᵀ", (n_out, n_in)),
    )
    with drawing((8.6, 5.6)) as (figure, ax):
        for row, (name, shape, left, left_shape, right, right_shape) in enumerate(rows):
            top = -7.0 * row
            _grid(ax, 0, top, shape, name, VERMILLION if row else BLUE)
            centered(ax, 6.0, top - 2, "=", fontsize=15)
            _grid(ax, 8, top, left_shape, left, SOFT)
            centered(ax, 14.0, top - 2, "@", fontsize=13)
            _grid(ax, 16, top, right_shape, right, SOFT)
            if row == 0:
                ax.text(21.2, top - 2, "+ bias (2,)", ha="left", va="center")
        ax.set(xlim=(-1.2, 26), ylim=(-20.6, 1.4), aspect="equal")
        ax.set_axis_off()
    return Picture(
        figure,
        "Matrix products drawn as grids, for 4 examples, 3 inputs and 2 outputs. Outputs (4, 2) = "
        "inputs (4, 3) @ weights (3, 2) + bias. Weights gradient (3, 2) = transposed inputs (3, 4) "
        "@ output gradient (4, 2). Input gradient (4, 3) = output gradient (4, 2) @ transposed "
        "weights (2, 3).",
    )


def sorted_or_shuffled(epochs: int = 4, batch_size: int = 32) -> Picture:
    """Loss on all digits during training on a sorted table, and on a shuffled one."""
    in_order, shuffled = (digit_losses(shuffle, epochs, batch_size) for shuffle in (False, True))
    steps = np.linspace(0, epochs, len(in_order))
    with drawing((8.6, 3.6)) as (figure, ax):
        ax.plot(steps, in_order, color=VERMILLION)
        ax.plot(steps, shuffled, color=BLUE)
        note(ax, "sorted: all the 0s first, the 9s last", (2.05, 3.25), (0, 0), VERMILLION)
        note(ax, "shuffled in each epoch", (epochs, shuffled[-1]), (-4, 8), BLUE, "right")
        ax.set(title="The same digits, in two orders", xlabel="epochs")
        ax.set(ylabel="cross-entropy\non all training digits", xlim=(0, epochs), ylim=(0, 3.6))
        ax.set_xticks(range(epochs + 1))
    late = in_order[len(in_order) // 2 :]
    return Picture(
        figure,
        f"Loss on all training digits over {epochs} epochs. With the table sorted by class the "
        f"loss saws up and down, between {late.min():.2f} and {late.max():.2f} in the second half. "
        f"Shuffled, it falls smoothly and ends at {shuffled[-1]:.2f}.",
    )


def three_orders(steps: int = 25) -> Picture:
    """Loss of the same training with the right order, a late gradient and weights never set."""
    right, late, unset = order_losses(steps)
    numbers = np.arange(steps + 1)
    top = 1.0
    gone = int(np.argmax(late > top))
    with drawing((8.6, 3.9)) as (figure, ax):
        for losses, color in ((unset, SOFT), (late, VERMILLION), (right, BLUE)):
            ax.plot(numbers, losses, color=color)
        last = f"update before backward: out of the picture, {late[-1]:.0f} in the end"
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        note(ax, last, (gone, 0.93), (6, 0), VERMILLION, bbox=box)
        note(ax, "new weights never set", (steps, unset[-1]), (-4, 7), SOFT, "right")
        said = f"forward, loss, backward, update: {right[-1]:.2f}"
        note(ax, said, (steps, right[-1]), (-4, -16), BLUE, "right")
        ax.set(title="Three orders, same learning rate", xlabel="steps")
        ax.set(ylabel="mean squared error", xlim=(0, steps), ylim=(0, top))
    return Picture(
        figure,
        f"Loss over {steps} steps from {right[0]:.2f}. In the right order it falls to "
        f"{right[-1]:.2f}. With the update before the backward pass each step uses the gradient "
        f"of the step before; the loss leaves the picture at step {gone} and grows to "
        f"{late[-1]:.0f}. With the new weights never set it stays at {unset[-1]:.2f}.",
    )


def loss_by_epoch(losses: Sequence[float]) -> Picture:
    """Mean training loss of each epoch."""
    epochs = np.arange(1, len(losses) + 1)
    with drawing((7.2, 3.4)) as (figure, ax):
        ax.plot(epochs, losses, color=BLUE, marker="o", markersize=4)
        for position in (0, -1):
            dot(ax, epochs[position], losses[position], BLUE)
        note(ax, number(losses[0], 2), (epochs[0], losses[0]), (10, 0))
        note(ax, number(losses[-1], 3), (epochs[-1], losses[-1]), (0, 10), side="center")
        ax.set(title="Training on the tumors", xlabel="epoch")
        ax.set(ylabel="mean loss of the epoch\n(cross-entropy)", ylim=(0, 1.1 * max(losses)))
        ax.set_xticks([1, *range(5, len(losses) + 1, 5)])
    return Picture(
        figure,
        f"Mean training loss of each of {len(losses)} epochs: it falls from {losses[0]:.2f} to "
        f"{losses[-1]:.3f}.",
    )


def digit_losses(shuffle: bool, epochs: int, batch_size: int) -> Array:
    """Loss of a single layer on all training digits, before each step and at the end."""
    features, targets = load_digits().train
    by_class = np.argsort(targets.argmax(axis=1), kind="stable")
    features, targets = features[by_class], targets[by_class]
    generator = np.random.default_rng(0)
    weights = np.zeros((features.shape[1], targets.shape[1]))
    costs = reference("losses")
    losses = [costs.categorical_cross_entropy(costs.softmax(features @ weights), targets)]
    for _ in range(epochs):
        rows = generator.permutation(len(targets)) if shuffle else np.arange(len(targets))
        for first in range(0, len(rows), batch_size):
            batch = rows[first : first + batch_size]
            blame = costs.softmax_cross_entropy_gradient(features[batch] @ weights, targets[batch])
            weights = weights - 0.1 * features[batch].T @ blame
            probabilities = costs.softmax(features @ weights)
            losses.append(costs.categorical_cross_entropy(probabilities, targets))
    return np.array(losses)


def order_losses(steps: int) -> tuple[Array, Array, Array]:
    """Losses of a linear layer on the tumors: right order, late gradient, weights never set.

    The learning rate is 1.3 / λmax: under the border 2 / λmax of gradient descent, and above the
    border 1 / λmax of descent with the gradient of the step before.
    """
    features, targets = load_tumors().train
    learning_rate = 1.3 / np.linalg.eigvalsh(2 / len(features) * features.T @ features)[-1]

    def gradient(weights: Array) -> Array:
        slopes: Array = 2 / len(features) * features.T @ (features @ weights - targets)
        return slopes

    right = late = np.zeros(features.shape[1])
    previous = np.zeros_like(late)  # before the first backward pass there is no gradient
    losses = []
    for _ in range(steps + 1):
        losses.append([float(np.mean((features @ w - targets) ** 2)) for w in (right, late)])
        right = right - learning_rate * gradient(right)
        now = gradient(late)
        late, previous = late - learning_rate * previous, now
    both = np.array(losses)
    return both[:, 0], both[:, 1], np.full(steps + 1, both[0, 0])


def _grid(ax: Axes, x: float, y: float, shape: tuple[int, int], name: str, color: str) -> None:
    """A grid of unit cells whose upper left corner is centered about a slot 4 cells wide."""
    rows, columns = shape
    left, top = x + (4 - columns) / 2, y - (4 - rows) / 2
    for row, column in np.ndindex(rows, columns):
        corner = (left + column, top - row - 1)
        cell = Rectangle(corner, 1, 1, facecolor=color, edgecolor="white", linewidth=2, alpha=0.85)
        ax.add_patch(cell)
    centered(ax, x + 2, y + 0.45, f"{name} {shape}", va="bottom", fontsize=10)
