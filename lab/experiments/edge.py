"""The edge of stability: a small network trained just below and just above 2/λmax."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lab.data import Array
from lab.data.network import LAYERS, Network
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, Unusable, drawable
from lab.widget.returned_values import as_number

Function = Callable[..., Any]

HIDDEN = 16
INPUTS = np.linspace(-2, 2, 40)[:, None]
TARGETS = np.sin(2 * INPUTS)
CALM_RATE, CALM_STEPS = 0.05, 600  # the training before the picture begins
STEPS = 300
LOOK_EVERY = 10  # steps between two looks at the curvature
ROUNDS = {"first": 30, "later": 10}  # of the power iteration
NUDGE = 1e-6  # so small that it hardly ever crosses the bend of a ReLU
HUGE = 1e6  # the largest loss and curvature that are sent


class EdgeExperiment(Experiment, folder="edge"):
    """Full-batch gradient descent of a 1-16-1 network on a sine, from where it has calmed down."""

    LIMIT = 4.0
    FUNCTIONS = ("largest_curvature", *LAYERS)
    CONFIG = {
        "steps": STEPS,
        "look_every": LOOK_EVERY,
        "rates": {"low": -1.7, "high": -0.3, "step": 0.01},
    }
    SETTINGS = {"factor": 1.1}
    CHALLENGES = (
        Challenge(
            "edge.find",
            "Find the edge: the largest learning rate whose loss never climbs",
            "Move the slider there, to within a few percent, then press the button.",
        ),
        Challenge(
            "edge.burst",
            "Go so far above the border that the training never comes back",
            "The loss ends higher than it began.",
        ),
    )
    PREDICTION = Prediction(
        "edge.loss",
        "A small network has spent 600 calm steps learning a sine curve; its loss is about 0.007. "
        "From here on, the learning rate is 10% above the border 2/λmax. Draw the loss of the next "
        "300 steps.",
        "curve",
    )

    _calm: tuple[object, Array] | None = None

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Train on from the calm weights; return the losses and, now and then, the curvature."""
        slope = Slope(functions)
        start = self._calm_weights(functions, slope)
        curvature = functions["largest_curvature"]

        def sharpness(weights: Array, rounds: int) -> float:
            return as_number(
                curvature(slope, weights.copy(), rounds, nudge=NUDGE), "largest_curvature"
            )

        first = sharpness(start, ROUNDS["first"])
        if first <= 0:
            raise Unusable(f"`largest_curvature` returned {first:.3g}; here the loss bends upward.")
        rate = float(settings.get("learning_rate") or settings["factor"] * 2 / first)
        weights, losses, seen = start.copy(), [], []
        for step in range(STEPS + 1):
            gradient = slope(weights)
            losses.append(slope.loss)
            if step % LOOK_EVERY == 0 and np.isfinite(slope.loss):
                seen.append(sharpness(weights, ROUNDS["later"]))
            weights = weights - rate * gradient
        note = {"curvature": first, "border": 2 / first, "rate": rate}
        return Answer((drawable(losses, HUGE), drawable(seen, HUGE)), note)

    def _calm_weights(self, functions: Mapping[str, Any], slope: "Slope") -> Array:
        """The weights after the first steps; kept until the learner's code changes."""
        if self._calm is None or self._calm[0] is not functions:
            weights = slope.network.get_weights()
            for _ in range(CALM_STEPS):
                weights = weights - CALM_RATE * slope(weights)
            self._calm = (functions, weights)
        return self._calm[1]

    def picture(self, answer: Answer) -> Any:
        """The loss beside the curvature, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, SOFT
        from lab.pictures.style import Picture, drawing

        losses, seen = answer.arrays
        rate, first = answer.note["rate"], answer.note["curvature"]
        with drawing((9, 3.4), 1, 2) as (figure, (curve, sharp)):
            curve.semilogy(losses, color=BLUE)
            curve.set(xlabel="step", ylabel="loss", title=f"Learning rate {rate:.3g}")
            sharp.plot(np.arange(len(seen)) * LOOK_EVERY, seen, color=BLUE)
            sharp.axhline(2 / rate, color=SOFT, linestyle="--", label="2 / learning rate")
            sharp.set(xlabel="step", title="Largest curvature", ylim=(0, None))
            sharp.legend()
        return Picture(
            figure,
            f"A network trained with learning rate {rate:.3g}: the largest curvature begins at "
            f"{first:.3g}, so the border is {2 / first:.3g}; the loss goes from {losses[0]:.2g} "
            f"over {losses.max():.2g} to {losses[-1]:.2g}.",
        )


class Slope:
    """The gradient of the mean squared error, by the learner's layers; keeps the loss it passed."""

    def __init__(self, functions: Mapping[str, Any]) -> None:
        layers = {name: functions[name] for name in LAYERS}
        self.network = Network((1, HIDDEN, 1), **layers, seed=1)
        self.loss = np.nan

    def __call__(self, weights: Any) -> Array:
        self.network.set_weights(weights)
        errors = self.network.forward(INPUTS) - TARGETS
        self.loss = float(np.mean(errors**2))
        return self.network.backward(2 * errors / errors.size)


def find_the_edge(
    largest_curvature: Function,
    dense_forward: Function,
    dense_backward: Function,
    relu_forward: Function,
    relu_backward: Function,
) -> EdgeExperiment:
    """Open the training just below and just above 2/λmax.

    In a lesson: ``find_the_edge(largest_curvature, dense_forward, dense_backward, relu_forward,
    relu_backward)``.

    Parameters
    ----------
    largest_curvature, dense_forward, dense_backward, relu_forward, relu_backward : callable
        As written in ``course/training.py``; edits of the file show at once.
    """
    return EdgeExperiment(
        largest_curvature, dense_forward, dense_backward, relu_forward, relu_backward
    )
