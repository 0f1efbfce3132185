"""The sweep: the final loss at every learning rate, for each of the learner's optimizers."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from lab.data.landscapes import LANDSCAPES, RUNNERS
from lab.data.network import LAYERS, Network
from lab.data.tables import Examples, load_digits
from lab.experiments.optimizer_path import UPDATED, path_of
from lab.reference_functions import reference
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import shaped

GROUNDS = {  # what is descended, the exponents of the losses shown, and of the step between rates
    "digits": ("60 batches of 32 digits, then the loss on 400", (-1, 1), 0.25),
    "ravine": (
        "100 steps in a ravine, lowest at 0, where AdamW's decay leads, too",
        (-9, 3),
        0.125,
    ),
    "banana": ("100 steps in a bent valley, nearly flat along its floor", (-1, 3), 0.125),
    "noisy bowl": ("100 noisy steps in a bowl; the mean loss of the last 20", (-2, 3), 0.125),
}
STEPS = {"digits": 60}
RATES = {"low": -4.0, "high": 0.5}  # exponents of ten
HUGE = 1e30  # the largest loss that is sent
LAST = 20  # steps whose mean loss counts where gradients are noisy
BATCH, HIDDEN, LOOK = 32, 32, 400  # of the network: examples a step, units, examples of its loss


class RateSweepExperiment(Experiment, folder="rate_sweep"):
    """Each optimizer from the same start, at each learning rate, on one ground."""

    LIMIT = 10.0  # seconds: a network is trained at every learning rate
    FUNCTIONS = RUNNERS
    CONFIG = {"runners": list(RUNNERS), "grounds": GROUNDS, "rates": RATES}
    SETTINGS = {"ground": "digits", "runners": list(RUNNERS)}
    CHALLENGES = (
        Challenge(
            "rate_sweep.unfair",
            "Make each of the five win",
            "On any ground, by choosing the one learning rate that all must share.",
        ),
    )
    PREDICTION = Prediction(
        "rate_sweep.lead",
        "Five optimizers train the same network for 60 batches. All at learning rate 0.01, SGD's "
        "loss ends several times as high as Adam's. Now each gets the learning rate that is best "
        "for it. How far ahead is Adam then?",
        options=(
            ("same", "as far as before"),
            ("less", "clearly, but less far"),
            ("hardly", "SGD's loss is less than twice Adam's"),
            ("behind", "SGD is ahead"),
        ),
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Return, for each runner, the final loss at each learning rate."""
        ground = str(settings["ground"])
        descend = digits_descent if ground == "digits" else landscape_descent
        curves = [
            [descend(functions[name], name, rate, ground) for rate in rates_on(ground)]
            for name in settings["runners"]
        ]
        return Answer(tuple(drawable(curve, HUGE) for curve in curves))

    def picture(self, answer: Answer) -> Any:
        """One curve for each optimizer, its best learning rate marked, drawn with Matplotlib."""
        from lab.pictures.colors import RUNNER_LOOKS
        from lab.pictures.style import Picture, drawing

        rates, said = rates_on(self.settings["ground"]), []
        low, high = GROUNDS[self.settings["ground"]][1]
        with drawing((8, 3.8)) as (figure, axes):
            for name, losses in zip(RUNNERS, answer.arrays, strict=True):
                color, shape = RUNNER_LOOKS[name]
                best = int(losses.argmin())
                curve = np.maximum(losses, 10.0 ** (low - 1))
                axes.loglog(rates, curve, color=color, label=name)
                axes.plot(rates[best], curve[best], shape, color=color, markersize=9)
                said.append(f"{name} {losses[best]:.2g} at {rates[best]:.2g}")
            axes.set(xlabel="learning rate", ylabel="final loss", ylim=(10.0**low, 10.0**high))
            axes.set_title("Final loss at every learning rate")
            axes.legend()
        return Picture(
            figure,
            f"Final loss against learning rate on the {self.settings['ground']}. Lowest: "
            f"{', '.join(said)}.",
        )


def rates_on(ground: str) -> list[float]:
    """The learning rates that are tried on a ground."""
    exponents = np.arange(RATES["low"], RATES["high"] + 1e-9, GROUNDS[ground][2])
    return [float(rate) for rate in 10**exponents]


def landscape_descent(optimizer: Any, name: str, rate: float, ground: str) -> float:
    """The final loss of one descent on a landscape; the mean of the last ones where it is noisy."""
    land = LANDSCAPES[ground]
    noises = land.noises(STEPS.get(ground, 100))
    runner = optimizer(learning_rate=rate)
    path = path_of(runner, name, land.start, len(noises), lambda w, k: land.gradient(w) + noises[k])
    losses = land.loss(*path[-LAST:].T)
    return float(losses.mean() if land.noise else losses[-1])


def digits_descent(optimizer: Any, name: str, rate: float, _ground: str) -> float:
    """The loss on some digits of a small network after a short training; it is the course's own."""
    training, losses = reference("training"), reference("losses")
    inputs, targets = _digits()
    network = Network((64, HIDDEN, 10), *(getattr(training, layer) for layer in LAYERS))
    runner = optimizer(learning_rate=rate)
    generator = np.random.default_rng(1)
    for _ in range(STEPS["digits"]):
        rows = generator.integers(0, len(inputs), BATCH)
        logits = network.forward(inputs[rows])
        slopes = network.backward(losses.softmax_cross_entropy_gradient(logits, targets[rows]))
        weights = network.get_weights()
        moved = runner.update(weights, slopes)
        network.set_weights(shaped(moved, weights.shape, f"{name}.update", UPDATED))
    probabilities = losses.softmax(network.forward(inputs[:LOOK]))
    return float(losses.categorical_cross_entropy(probabilities, targets[:LOOK]))


@cache
def _digits() -> Examples:
    return load_digits().train


def sweep_rates(
    SGD: Any, Momentum: Any, RMSprop: Any, Adam: Any, AdamW: Any
) -> RateSweepExperiment:
    """Open the sweep over learning rates on the learner's five optimizers.

    In a lesson: ``sweep_rates(SGD, Momentum, RMSprop, Adam, AdamW)``.

    Parameters
    ----------
    SGD, Momentum, RMSprop, Adam, AdamW : class
        As written in ``course/optimizers.py``; edits of the file show at once. The network that
        reads digits is the course's own: its layers are for a later lesson.
    """
    return RateSweepExperiment(SGD, Momentum, RMSprop, Adam, AdamW)
