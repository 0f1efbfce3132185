"""Sparse gradients: a word in every example and a rare one, learned by each optimizer."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lab.data import Array
from lab.experiments.optimizer_path import path_of
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import check_growth

RUNNERS = ("SGD", "Momentum", "RMSprop", "Adam")  # decay would pull at the rare word between
EXAMPLES = 1000
EVERY = (10, 20, 50, 100, 200)
LEARNED = 0.9  # share of the way to the right weight
SOON = 100  # examples after which the frequent word is learned, by every optimizer
TRIED = 10 ** np.arange(-4, 0.01, 0.05)  # learning rates
FAR = 1e3  # the largest weight that is sent


class SparseGradientsExperiment(Experiment, folder="sparse_gradients"):
    """Two weights that should become 1: of a word in every example, and of one seen now and then.

    The loss of an example is half the squared error of each word in it, so a weight's gradient is
    ``weight − 1`` where its word occurs, else 0.
    """

    FUNCTIONS = RUNNERS
    CONFIG = {
        "runners": list(RUNNERS),
        "examples": EXAMPLES,
        "every": list(EVERY),
        "soon": SOON,
        "learned": LEARNED,
    }
    SETTINGS = {"every": 100}
    CHALLENGES = (
        Challenge(
            "sparse.tie",
            "Make the rare word frequent enough for all four",
            "SGD and Momentum, too, have to learn at least half of it.",
        ),
    )
    PREDICTION = Prediction(
        "sparse.rare",
        "One word is in every example; all four optimizers have learned its weight after 100. "
        "Another word is in one example of a hundred. Who has come farthest with it after 1,000?",
        options=[(name, name) for name in RUNNERS],
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Return both weights after each example, for each optimizer at its fair learning rate."""
        rates = [fair_rate(functions[name], name) for name in RUNNERS]
        paths = [
            learned(functions[name], name, rate, int(settings["every"]), EXAMPLES)
            for name, rate in zip(RUNNERS, rates, strict=True)
        ]
        return Answer(tuple(drawable(path.T, FAR) for path in paths), {"rates": rates})

    def picture(self, answer: Answer) -> Any:
        """The two weights against the examples, one plot for each optimizer, by Matplotlib."""
        from lab.pictures.colors import BLUE, ORANGE
        from lab.pictures.style import Picture, drawing

        every = self.settings["every"]
        with drawing((9, 2.8), 1, 4, sharey=True) as (figure, plots):
            for axes, name, (frequent, rare) in zip(plots, RUNNERS, answer.arrays, strict=True):
                axes.plot(frequent, color=BLUE, label="in every example")
                axes.plot(rare, "--", color=ORANGE, label=f"in one of {every}")
                axes.set(title=name, xlabel="examples")
            plots[0].set(ylabel="weight, should be 1", ylim=(0, 1.15))
            plots[0].legend(fontsize=9)
        said = ", ".join(
            f"{name} {rare[-1]:.2f}" for name, (_, rare) in zip(RUNNERS, answer.arrays, strict=True)
        )
        return Picture(
            figure,
            f"The weight of a word seen once in {every} examples after {EXAMPLES} of them, where 1 "
            f"is right: {said}. The frequent word's weight is near 1 for all after {SOON}.",
        )


def learned(optimizer: Any, name: str, rate: float, every: int, examples: int) -> Array:
    """Both weights before each example and after the last, shape (examples + 1, 2)."""

    def gradient(weights: Array, k: int) -> Array:
        return np.array([1.0, float((k + 1) % every == 0)]) * (weights - 1)

    path = path_of(optimizer(learning_rate=rate), name, (0.0, 0.0), examples, gradient)
    check_growth(path, f"{name}.update")
    return path


def fair_rate(optimizer: Any, name: str) -> float:
    """The learning rate, of those tried, that learns the frequent word nearest to `SOON` examples.

    Found by halving: the larger the rate, the sooner the word is learned.
    """
    low, high = 0, len(TRIED) - 1
    while high - low > 1:
        middle = (low + high) // 2
        frequent = learned(optimizer, name, float(TRIED[middle]), EXAMPLES, SOON)[:, 0]
        if frequent.max() >= LEARNED:
            high = middle
        else:
            low = middle
    return float(TRIED[high])


def sparse_gradients(SGD: Any, Momentum: Any, RMSprop: Any, Adam: Any) -> SparseGradientsExperiment:
    """Open the frequent and the rare word on the learner's four optimizers.

    In a lesson: ``sparse_gradients(SGD, Momentum, RMSprop, Adam)``.

    Parameters
    ----------
    SGD, Momentum, RMSprop, Adam : class
        As written in ``course/optimizers.py``; edits of the file show at once.
    """
    return SparseGradientsExperiment(SGD, Momentum, RMSprop, Adam)
