"""Pictures of lesson 6: what the loss of a training run says, and what it hides.

Where a picture shows a run, the run is real: it is trained when the picture is drawn.
"""

import numpy as np
from numpy.typing import ArrayLike

from lab.data import Array
from lab.data.network import LAYERS, Network
from lab.data.tables import load_diabetes, load_digits
from lab.pictures.colors import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, SOFT, VERMILLION
from lab.pictures.style import Picture, dot, drawing, note, number
from lab.reference_functions import reference

HEALTHY = (1.0, 0.8, 0.6, 0.4, 0.2, 0.1)
FLAT_EPOCHS = 10


def healthy_run() -> Picture:
    """The reference curve of the lesson: it falls, then it is flat."""
    losses = np.array([*HEALTHY, *[HEALTHY[-1]] * FLAT_EPOCHS])
    last_fall = len(HEALTHY) - 1
    with drawing((7.2, 3.6)) as (figure, axes):
        axes.axvspan(last_fall, len(losses) - 1, color=GREEN, alpha=0.1, linewidth=0)
        axes.plot(losses, "o-", color=BLUE, markersize=5)
        for epoch, loss in enumerate(HEALTHY):
            note(axes, f"{loss:.1f}", (epoch, loss), (6, 5))
        note(axes, "learning", (1.7, 0.35), (0, 0), BLUE, "center")
        note(axes, "flat: converged", ((last_fall + 15) / 2, 0.35), (0, 0), GREEN, "center")
        axes.set(title="A healthy run", xlabel="epoch", ylabel="loss", ylim=(0, 1.1))
        axes.set(xlim=(-0.4, len(losses) - 0.6))
    fall = ", ".join(f"{loss:.1f}" for loss in HEALTHY)
    return Picture(
        figure,
        f"Loss against epoch. The loss falls through {fall} and stays at {number(HEALTHY[-1])} "
        f"for the next {FLAT_EPOCHS} epochs: converged.",
    )


def flat_and_high(epochs: int = 25) -> Picture:
    """Digits learned by four settings: one healthy, three that end flat and high."""
    runs = (
        ("learning rate 0.1, 32 hidden units", GREEN, _digits_run(32, 0.1, epochs)),
        ("learning rate 0.0001: too low", ORANGE, _digits_run(32, 1e-4, epochs)),
        ("learning rate 5: too high", VERMILLION, _digits_run(32, 5.0, epochs)),
        ("1 hidden unit: too little capacity", PURPLE, _digits_run(1, 0.1, epochs)),
    )
    guessing = float(np.log(10))
    with drawing((8.6, 3.9)) as (figure, axes):
        axes.axhline(guessing, color=SOFT, linewidth=1, linestyle=(0, (2, 2)))
        said = f"guessing: ln 10 = {number(guessing)}"
        note(axes, said, (epochs / 2, guessing), (0, -17), SOFT, "center")
        for (name, color, losses), rise in zip(runs, (3, -15, 8, -4), strict=True):
            axes.plot(np.arange(1, epochs + 1), losses, color=color)
            dot(axes, epochs, losses[-1], color)
            note(axes, name, (epochs, losses[-1]), (8, rise))
        axes.set(
            title="Flat and high, for three reasons", xlabel="epoch", ylabel="loss (cross-entropy)"
        )
        axes.set(xlim=(0.5, epochs * 1.6), ylim=(-0.15, 3.5), xticks=range(5, epochs + 1, 5))
    ends = "; ".join(f"{name}, ends at {number(losses[-1], 2)}" for name, _, losses in runs)
    return Picture(
        figure,
        "Loss against epoch for one network on handwritten digits, in four settings. "
        f"{ends}. Guessing costs {number(guessing, 2)}: only the first setting gets far below.",
    )


def three_shapes() -> Picture:
    """A noisy run, a diverging run and one that was stopped too early, all on real data."""
    noisy = _digits_steps(0.02, 4, 150)
    diverging = _diabetes_run(0.26, 18)
    improving = _digits_run(32, 0.004, 15)
    crossing = int(np.argmax(diverging > diverging[0]))
    with drawing((9.6, 3.3), 1, 3) as (figure, (left, middle, right)):
        left.plot(noisy, color=BLUE, linewidth=1.2)
        left.set(title="Noisy", xlabel="step (4 digits each)", ylabel="loss (cross-entropy)")
        left.set_ylim(bottom=0)
        middle.plot(diverging / 1e3, "o-", color=VERMILLION, markersize=4)
        middle.axhline(diverging[0] / 1e3, color=SOFT, linewidth=1, linestyle=(0, (2, 2)))
        note(middle, "the first loss", (2.0, diverging[0] / 1e3), (0, 5), SOFT)
        middle.set(title="Diverging", xlabel="step", ylabel="loss (MSE, in thousands)")
        middle.set_ylim(0, diverging[-1] / 1e3 * 1.05)
        right.plot(np.arange(1, len(improving) + 1), improving, color=ORANGE)
        right.set(title="Still improving", xlabel="epoch", ylabel="loss (cross-entropy)")
        right.set_ylim(0, 2.6)
    return Picture(
        figure,
        f"Three loss curves. Noisy: the loss of single batches jumps between "
        f"{number(noisy.min(), 2)} and {number(noisy.max(), 2)} while its trend falls. "
        f"Diverging: the loss dips, then grows, and passes its first value at step {crossing}. "
        f"Still improving: at the last epoch the loss is {number(improving[-1], 2)} and falling.",
    )


def smoothing(short: int = 10, long: int = 60) -> Picture:
    """A noisy run under a short and a long moving average."""
    raw = _digits_steps(0.05, 8, 336)
    steps = np.arange(1, len(raw) + 1)
    with drawing((8.6, 3.9)) as (figure, axes):
        axes.plot(steps, raw, color=SKY, linewidth=1, alpha=0.75, label="loss of each step")
        for window, color in ((short, BLUE), (long, VERMILLION)):
            smooth = np.convolve(raw, np.full(window, 1 / window), mode="valid")
            axes.plot(steps[window - 1 :], smooth, color=color, label=f"window {window}")
            dot(axes, window, smooth[0], color)
        axes.set(title="Calmer, shorter, later", xlabel="step (8 digits each)")
        axes.set(ylabel="loss (cross-entropy)", xlim=(0, len(raw)), ylim=(0, None))
        axes.legend(loc="upper right")
    return Picture(
        figure,
        f"The jagged loss of {len(raw)} steps, with two moving averages. Window {short} starts at "
        f"step {short} and still trembles. Window {long} is calm, starts only at step {long}, and "
        "lies above the raw curve while that falls, because it lags behind.",
    )


def look_back(window: int = 10) -> Picture:
    """The two losses that decide convergence, on the reference curve cut at two lengths."""
    full = np.array([*HEALTHY, *[HEALTHY[-1]] * FLAT_EPOCHS])
    said = []
    with drawing((9.2, 3.4), 1, 2, sharey=True) as (figure, panels):
        for axes, cut in zip(panels, (1, 0), strict=True):
            losses = full[: len(full) - cut]
            end = len(losses) - 1
            then, now = losses[end - window], losses[end]
            change = abs(then - now) / then
            axes.axvspan(end - window, end, color=SKY, alpha=0.18, linewidth=0)
            axes.plot(losses, "-", color=SOFT, linewidth=1.5)
            axes.plot(losses, "o", color=SOFT, markersize=4)
            dot(axes, end - window, then, ORANGE)
            dot(axes, end, now, BLUE)
            note(axes, f"then = {number(then)}", (end - window, then), (8, 8))
            note(axes, f"now = {number(now)}", (end, now), (0, 11), side="right")
            middle = (end - window / 2, 0.5)
            note(axes, f"{window} steps", middle, (0, 0), INK, "center")
            axes.set(title=f"{len(losses)} losses: a change of {number(100 * change)}%")
            axes.set(xlabel="epoch", ylim=(0, 1.1), xlim=(-0.4, len(full) - 0.6))
            axes.label_outer()
            said.append(
                f"with {len(losses)} losses, then is {number(then)}, now is {number(now)}, "
                f"a change of {number(100 * change)} percent"
            )
        figure.axes[0].set_ylabel("loss")
    return Picture(
        figure,
        f"The healthy curve, looked at {window} steps back from its end. Left: {said[0]}: not yet "
        f"converged. Right: {said[1]}: converged.",
    )


def training_and_held_out(training_losses: ArrayLike, held_out_losses: ArrayLike) -> Picture:
    """Training loss and held-out loss of one run, with the epoch where held-out loss was lowest.

    Parameters
    ----------
    training_losses, held_out_losses : array_like of float, shape (n,)
        One loss for each epoch.
    """
    training = np.asarray(training_losses, dtype=float)
    held_out = np.asarray(held_out_losses, dtype=float)
    epochs = np.arange(1, len(training) + 1)
    best = int(np.argmin(held_out))
    with drawing((8.2, 3.8)) as (figure, axes):
        axes.axvspan(epochs[best], epochs[-1], color=VERMILLION, alpha=0.07, linewidth=0)
        axes.plot(epochs, held_out, color=VERMILLION)
        axes.plot(epochs, training, color=BLUE)
        dot(axes, epochs[best], held_out[best], VERMILLION)
        said = f"lowest: {number(held_out[best])} at epoch {epochs[best]}"
        line = {"arrowstyle": "-", "color": SOFT, "shrinkB": 8}
        note(axes, said, (epochs[best], held_out[best]), (24, 70), arrowprops=line)
        note(axes, "held-out loss", (epochs[-1], held_out[-1]), (0, 8), VERMILLION, "right")
        note(axes, "training loss", (epochs[-1], training[-1]), (0, 8), BLUE, "right")
        axes.set(title="From the dot on, the network memorizes its training set")
        axes.set(xlabel="epoch", ylabel="loss (cross-entropy)", xlim=(0, epochs[-1] * 1.02))
        axes.set(ylim=(0, 1.15 * held_out.max()))
    return Picture(
        figure,
        f"Training and held-out loss over {len(epochs)} epochs. Training loss falls to "
        f"{number(training[-1], 4)}. Held-out loss is lowest, {number(held_out[best])}, at epoch "
        f"{epochs[best]}, and ends at {number(held_out[-1])}.",
    )


def _digits_run(hidden: int, learning_rate: float, epochs: int) -> Array:
    """Mean loss of each epoch of a network with one hidden layer, trained on digits by SGD."""
    n = len(load_digits().train.features)
    per_epoch = -(-n // 32)
    losses = _digits_steps(learning_rate, 32, epochs * per_epoch, hidden)
    return np.array([part.mean() for part in np.split(losses, epochs)])


def _digits_steps(learning_rate: float, batch: int, steps: int, hidden: int = 32) -> Array:
    """Loss of each step of a network with one hidden layer, trained on digits by SGD."""
    features, targets = load_digits().train
    layers, costs = reference("training"), reference("losses")
    sizes = (features.shape[1], hidden, targets.shape[1])
    network = Network(sizes, **{name: getattr(layers, name) for name in LAYERS}, seed=2)
    generator = np.random.default_rng(2)
    rows: list[Array] = []
    losses = np.empty(steps)
    for step in range(steps):
        if not rows:
            order = generator.permutation(len(features))
            rows = np.split(order, range(batch, len(order), batch))
        chosen = rows.pop(0)
        logits = network.forward(features[chosen])
        losses[step] = costs.categorical_cross_entropy(costs.softmax(logits), targets[chosen])
        slope = costs.softmax_cross_entropy_gradient(logits, targets[chosen])
        gradient = network.backward(slope)
        network.set_weights(network.get_weights() - learning_rate * gradient)
    return losses


def _diabetes_run(learning_rate: float, steps: int) -> Array:
    """Mean squared error before each step of gradient descent, and after the last."""
    features, targets = load_diabetes().train
    columns = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(columns.shape[1])
    losses = np.empty(steps + 1)
    for step in range(steps + 1):
        errors = columns @ weights - targets
        losses[step] = np.mean(errors**2)
        weights = weights - learning_rate * 2 / len(errors) * columns.T @ errors
    return losses
