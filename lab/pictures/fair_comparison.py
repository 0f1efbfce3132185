"""Fair comparisons: each of the learner's optimizers at its own best learning rate."""

from typing import Any

import numpy as np

from lab.data import Array
from lab.data.landscapes import LANDSCAPES, RACE_STEPS, RUNNERS, Landscape, level
from lab.data.network import LAYERS, Network
from lab.data.tables import load_digits
from lab.pictures.colors import INK, RUNNER_LOOKS, SOFT
from lab.pictures.style import Picture, drawing, listed, note
from lab.reference_functions import reference

DRAWS = 20  # of the noise
FLOOR = 1e-9  # lower is all the same
OFFSETS = (-0.28, -0.14, 0.0, 0.14, 0.28)  # of the optimizers in their row
# On digits, of 13 rates from 0.001 to 1, the one with the lowest mean training loss of three
# starts; a test finds them again.
DIGITS_RATES = {"SGD": 0.56, "Momentum": 0.056, "RMSprop": 0.01, "Adam": 0.01, "AdamW": 0.01}
SHARED_RATES = (0.01, 0.56)
SEEDS = 3


def where_races_end(optimizers: Any) -> Picture:
    """Mean loss over the last tenth of each race, on every landscape of the gallery.

    Parameters
    ----------
    optimizers : module or namespace
        ``course.optimizers``, or what ``lab.earlier`` returns for it.
    """
    said = []
    with drawing((8.6, 4.2)) as (figure, ax):
        for row, land in enumerate(LANDSCAPES.values()):
            levels = {
                name: race_level(getattr(optimizers, name), rate, land)
                for name, rate in land.rates.items()
            }
            for offset, (name, loss) in zip(OFFSETS, levels.items(), strict=True):
                color, shape = RUNNER_LOOKS[name]
                low = loss < FLOOR
                label = name if row == 0 else None
                x, y = max(loss, FLOOR), row + offset
                ax.plot(x, y, "<" if low else shape, color=color, markersize=8, clip_on=False)
                ax.plot([], [], shape, color=color, label=label, markersize=8)
            said.append(f"{land.name}: " + ", ".join(f"{n} {x:.1g}" for n, x in levels.items()))
        ax.set(xscale="log", xlim=(FLOOR, 1), ylim=(len(LANDSCAPES) - 0.5, -0.6))
        ax.set_yticks(range(len(LANDSCAPES)), list(LANDSCAPES))
        ax.set(xlabel="loss at the end of the race", ylabel="landscape")
        ax.set_title("Each at its own best learning rate")
        note(ax, "◂ lower still", (FLOOR, len(LANDSCAPES) - 0.5), (4, 5), SOFT)
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return Picture(
        figure,
        f"Mean loss over the last tenth of a race of {RACE_STEPS} steps, each optimizer at its own "
        f"best learning rate. {'. '.join(said)}.",
    )


def digits_at_best_rates(optimizers: Any, training: Any, losses: Any) -> Picture:
    """Losses of a network on digits: all optimizers at their best rates, and two at shared ones.

    Parameters
    ----------
    optimizers, training, losses : module or namespace
        ``course.optimizers`` and so on, or what ``lab.earlier`` returns for them.
    """

    def ends(name: str, rate: float, seed: int = 0) -> tuple[float, float]:
        return digits_ends(getattr(optimizers, name)(rate), training, losses, seed)

    own = {
        name: np.array([ends(name, rate, seed) for seed in range(SEEDS)])
        for name, rate in DIGITS_RATES.items()
    }
    shared = {
        rate: {name: ends(name, rate)[0] for name in ("SGD", "Adam")} for rate in SHARED_RATES
    }
    with drawing((9.4, 3.8), 1, 2, width_ratios=[1.6, 1]) as (figure, (fair, unfair)):
        for row, (name, found) in enumerate(own.items()):
            color, shape = RUNNER_LOOKS[name]
            fair.plot(found[:, 0], np.full(SEEDS, row), shape, color=color, markersize=8)
            hollow = {"color": "white", "markeredgecolor": color, "markersize": 8}
            fair.plot(found[:, 1], np.full(SEEDS, row), shape, **hollow)
        names = [f"{name} at {rate}" for name, rate in DIGITS_RATES.items()]
        fair.set_yticks(range(len(own)), names)
        fair.set(xscale="log", xlim=(0.025, 0.8), ylim=(len(own) - 0.4, -0.8), xlabel="loss")
        fair.set_ylabel("optimizer and its best rate")
        fair.set_xticks([0.05, 0.1, 0.2, 0.5], ["0.05", "0.1", "0.2", "0.5"])
        fair.set_title("Each at its own best rate")
        note(fair, "training", (0.045, -0.45), (0, 0), INK, "center")
        note(fair, "held out", (0.17, -0.45), (0, 0), INK, "center")
        for row, found_by in enumerate(shared.values()):
            for name, loss in found_by.items():
                color, shape = RUNNER_LOOKS[name]
                unfair.plot(loss, row, shape, color=color, markersize=9)
                note(unfair, f"{name} {loss:.2g}", (loss, row), (0, 10), color, "center")
        unfair.set_yticks(range(2), [f"both\nat {rate}" for rate in shared])
        unfair.set(xscale="log", xlim=(0.02, 7), ylim=(1.5, -0.5), xlabel="training loss")
        unfair.set_xticks([0.1, 1], ["0.1", "1"])
        unfair.set_title("At one rate for both")
        for axes in (fair, unfair):
            axes.minorticks_off()
    fairly = listed(f"{n} {x[:, 0].mean():.2g} and {x[:, 1].mean():.2g}" for n, x in own.items())
    said = (
        f"at {rate} " + listed(f"{n} {x:.2g}" for n, x in y.items()) for rate, y in shared.items()
    )
    return Picture(
        figure,
        f"Training loss and held-out loss of a network on digits after five epochs, each optimizer "
        f"at its own best rate, mean of {SEEDS} starts: {fairly}. At one rate for both, training "
        f"loss: {'; '.join(said)}.",
    )


def digits_ends(optimizer: Any, training: Any, losses: Any, seed: int) -> tuple[float, float]:
    """Training loss of the last of five epochs on the digits, and held-out loss after it."""
    digits = load_digits()
    network = Network((64, 32, 10), **{name: getattr(training, name) for name in LAYERS}, seed=seed)

    def loss(logits: Array, targets: Array) -> float:
        return float(losses.categorical_cross_entropy(losses.softmax(logits), targets))

    slope = losses.softmax_cross_entropy_gradient
    settings = {"epochs": 5, "batch_size": 32, "seed": seed}
    means = training.train(network, loss, slope, optimizer, *digits.train, **settings)
    held_out = digits.test
    return float(means[-1]), loss(network.forward(held_out.features), held_out.targets)


def race_level(optimizer: Any, learning_rate: float, land: Landscape) -> float:
    """Where one optimizer's races end; the mean over several draws of the noise, if there is any.

    All draws run at once, as rows of the weights.
    """
    draws = DRAWS if land.noise else 1
    noises = np.stack([land.noises(RACE_STEPS, seed) for seed in range(draws)], axis=1)
    runner = optimizer(learning_rate=learning_rate)
    weights: Array = np.tile(land.start, (draws, 1))
    losses = []
    for noise in noises:
        weights = np.asarray(runner.update(weights, land.gradient(weights) + noise))
        losses.append(land.loss(weights[:, 0], weights[:, 1]))
    return float(np.mean(level(np.transpose(losses))))


def rare_words(optimizers: Any, words: int = 1000, steps: int = 100) -> Picture:
    """Loss against learning rate where most words are rare, for the learner's optimizers.

    The j-th word makes up a share proportional to 1/j of a text. Each has one logit, learned by
    cross-entropy from the full gradient.

    Parameters
    ----------
    optimizers : module or namespace
        ``course.optimizers``, or what ``lab.earlier`` returns for it.
    """
    rates = 10 ** (np.arange(-30, 31) / 10)
    curves = {
        name: rare_words_gap(getattr(optimizers, name), rates, words, steps) for name in RUNNERS[:4]
    }
    with drawing((8.6, 3.8)) as (figure, ax):
        for name, curve in curves.items():
            color, shape = RUNNER_LOOKS[name]
            best = int(np.argmin(curve))
            ax.loglog(rates, np.clip(curve, 1e-7, 10), color=color)
            ax.plot(rates[best], curve[best], shape, color=color, markersize=9)
            left = name == "RMSprop"
            said = f"{name} {scientific(curve[best])}"
            offset, side = ((-8, -4), "right") if left else ((8, -15), "left")
            note(ax, said, (rates[best], curve[best]), offset, color, side)
        ax.set(xlim=(rates[0], 3 * rates[-1]), ylim=(5e-7, 3), xlabel="learning rate")
        ax.set(ylabel="loss above its minimum", title="A thousand words, most of them rare")
    said = listed(
        f"{n} {scientific(c.min())} at {rates[c.argmin()]:.2g}" for n, c in curves.items()
    )
    return Picture(
        figure,
        f"Loss after {steps} steps against learning rate, for {words} words whose shares of the "
        f"text fall like 1/j. The lowest loss of each optimizer: {said}.",
    )


def rare_words_gap(optimizer: Any, rates: Array, words: int, steps: int) -> Array:
    """Cross-entropy above its minimum at the end, for each learning rate."""
    sigmoid = reference("losses").sigmoid
    shares = 1 / np.arange(1, words + 1)
    shares = shares / shares.sum()
    right = sigmoid(np.random.default_rng(0).normal(scale=2, size=words))
    gaps = []
    for rate in rates:
        runner, logits = optimizer(learning_rate=float(rate)), np.zeros(words)
        for _ in range(steps):
            logits = np.asarray(runner.update(logits, shares * (sigmoid(logits) - right)))
        given = np.clip(sigmoid(logits), 1e-12, 1 - 1e-12)
        costs = right * np.log(right / given) + (1 - right) * np.log((1 - right) / (1 - given))
        gaps.append(float(shares @ costs))
    return np.array(gaps)


def scientific(value: float) -> str:
    """A small number as prose writes it.

    Examples
    --------
    >>> scientific(0.00029)
    '2.9·10⁻⁴'
    """
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}·10{str(int(power)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
