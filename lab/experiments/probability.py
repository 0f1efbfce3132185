"""The curve of binary cross-entropy, and a probability that is dragged along it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import as_number

Loss = Callable[[ArrayLike, ArrayLike], Any]

STEP = 0.005  # between two probabilities
HUGE = 1e9  # the largest loss that is sent
TOP = 5.0  # the largest loss on the picture


class ProbabilityExperiment(Experiment, folder="probability"):
    """Binary cross-entropy of one probability, for a target of 1 or of 0."""

    FUNCTIONS = ("binary_cross_entropy",)
    CONFIG = {
        "probabilities": {"low": 0, "high": 1, "step": STEP},
        "top": TOP,
        "asked": 0.99,
    }
    SETTINGS = {"target": 0, "probability": 0.6}
    CHALLENGES = (
        Challenge(
            "probability.confident",
            "Be wrong twice, and pay five times as much the second time",
            "Pin one wrong answer, then find a more confident one.",
        ),
        Challenge(
            "probability.shrug",
            "Find the answer that costs the same whatever is true",
            "Move there, then press the button.",
        ),
    )
    PREDICTION = Prediction(
        "probability.factor",
        "A mail is not spam, yet the filter said 0.6. Now it says 0.99: how many times as much "
        "does that answer cost?",
        options=((2, "2 times"), (5, "5 times"), (40, "40 times")),
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Return the loss at every probability, for the target of the settings."""
        target = float(settings["target"])
        losses = [
            as_number(
                functions["binary_cross_entropy"](np.array([probability]), np.array([target])),
                "binary_cross_entropy",
            )
            for probability in probabilities()
        ]
        return Answer((drawable(losses, HUGE),), {"finite": bool(np.isfinite(losses).all())})

    def picture(self, answer: Answer) -> Any:
        """The curve with the dragged point, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, SOFT
        from lab.pictures.style import Picture, dot, drawing, note

        (losses,) = answer.arrays
        target, chosen = self.settings["target"], float(self.settings["probability"])
        here = float(losses[round(chosen / STEP)])
        side = "right" if target == 0 else "left"
        with drawing((7.2, 3.8)) as (figure, axes):
            axes.plot(probabilities(), losses, color=BLUE)
            for value in (0.1, 0.5, 0.9):
                loss = float(losses[round(value / STEP)])
                axes.plot(value, loss, "o", color=SOFT, markersize=5)
                note(axes, f"{loss:.3f}", (value, loss), (-6 if target == 0 else 6, 8), SOFT, side)
            dot(axes, chosen, min(here, TOP), BLUE)
            axes.set(xlim=(0, 1), ylim=(0, TOP), xlabel="probability", ylabel="loss")
            axes.set_title(f"Target {target}: probability {chosen:g} costs {here:.3f}")
        return Picture(
            figure,
            f"Binary cross-entropy against the probability, for the target {target}. "
            f"At {chosen:g} the loss is {here:.3f}; at 0.9, 0.5 and 0.1 it is "
            + ", ".join(f"{losses[round(value / STEP)]:.3f}" for value in (0.9, 0.5, 0.1))
            + ".",
        )


def probabilities() -> list[float]:
    """All probabilities of the slider, from 0 to 1.

    Examples
    --------
    >>> len(probabilities()), probabilities()[20]
    (201, 0.1)
    """
    return [round(STEP * position, 9) for position in range(round(1 / STEP) + 1)]


def drag_probability(binary_cross_entropy: Loss) -> ProbabilityExperiment:
    """Open the curve of the learner's ``binary_cross_entropy``.

    Parameters
    ----------
    binary_cross_entropy : callable
        ``binary_cross_entropy(probabilities, targets)``, as written in ``course/losses.py``; edits
        of the file show at once.
    """
    return ProbabilityExperiment(binary_cross_entropy)
