"""The learning-rate lab: one slider, the learner's descent, and the border where it diverges."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lab.widget.experiment import Answer, Challenge, Experiment, LearnerFunctions, drawable
from lab.widget.returned_values import check_growth, shaped

Descent = Callable[[Callable[[Any], Any], Any, float, int], Any]

WIDTH = 10.0  # the map shows weights from -WIDTH to WIDTH along the valley
FAR = 1e5  # where points outside the map are drawn from
HUGE = 1e30  # the largest loss that is sent
GOAL_LOSS = 1e-6
GOAL_STEPS = 60

CHALLENGES = (
    Challenge(
        "learning_rate.predict",
        "Predict first: will it diverge?",
        "Say what the descent will do before you see it.",
    ),
    Challenge(
        "learning_rate.border",
        "Find the border within 2 %",
        "Move the slider to the largest learning rate that does not diverge, then press the "
        "button.",
    ),
    Challenge(
        "learning_rate.sprint",
        "Reach a loss of 10⁻⁶ in at most 60 steps",
        "In a valley at least ten times as steep across as along.",
    ),
)


class LearningRateExperiment(Experiment, folder="learning_rate"):
    """Gradient descent on ½(w₀² + κ·w₁²), run by the learner's ``gradient_descent``.

    The curvatures are λmin = 1 along the valley and λmax = κ across it, κ being the setting
    ``conditioning``.
    """

    def __init__(self, gradient_descent: Descent, steps: int = 100, **options: Any) -> None:
        super().__init__(
            LearnerFunctions(gradient_descent=gradient_descent),
            config={
                "steps": steps,
                "width": WIDTH,
                "rates": {"low": -3, "high": 1, "step": 0.005},
                "conditionings": {"low": 0, "high": 2, "step": 0.05},
                "losses": [-10, 4],
                "goal": {"loss": GOAL_LOSS, "steps": GOAL_STEPS, "conditioning": 10},
            },
            settings={"learning_rate": 10**-0.6, "start": [-8.0, 3.0], "conditioning": 10.0},
            challenges=CHALLENGES,
            **options,
        )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Run one descent and return its path, its losses and the verdict."""
        steps = int(self.config["steps"])
        curvatures = np.array([1.0, float(settings["conditioning"])])
        path = shaped(
            functions["gradient_descent"](
                lambda weights: curvatures * np.asarray(weights, float),
                np.array(settings["start"], float),
                float(settings["learning_rate"]),
                steps,
            ),
            (steps + 1, 2),
            "gradient_descent",
            "the path, the start and then one row for each step",
        )
        check_growth(path, "gradient_descent")
        losses = 0.5 * (path**2 @ curvatures)
        below = np.flatnonzero(losses <= GOAL_LOSS)
        return Answer(
            arrays=(drawable(path, FAR), drawable(losses, HUGE)),
            note={"verdict": verdict(losses), "reached": int(below[0]) if below.size else None},
        )

    def picture(self, answer: Answer) -> Any:
        """Path on the contours beside the loss curve, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, CONTOUR, INK, VERMILLION
        from lab.pictures.style import Picture, drawing

        path, losses = answer.arrays
        rate, curvature = self.settings["learning_rate"], self.settings["conditioning"]
        low, high = self.config["losses"]
        with drawing((9, 3.8), 1, 2) as (figure, (bowl, curve)):
            along, across = np.meshgrid(np.linspace(-10, 10, 97), np.linspace(-7, 7, 73))
            loss = 0.5 * (along**2 + curvature * across**2)
            bowl.contour(along, across, loss, np.geomspace(1, loss.max(), 11), colors=CONTOUR)
            bowl.plot(*path.T, "o-", color=BLUE, markersize=3, linewidth=1, alpha=0.8)
            bowl.plot(*path[0], "o", color=INK, markersize=8)
            bowl.set(xlim=(-10, 10), ylim=(-7, 7), xlabel="weight w₀", ylabel="weight w₁")
            bowl.set_title("The path on the loss")
            color = VERMILLION if answer.note["verdict"] == "too high" else BLUE
            curve.semilogy(np.clip(losses, 1e-30, HUGE), color=color)
            curve.set(ylim=(10.0**low, 10.0**high), xlabel="step", ylabel="loss")
            curve.set_title(f"Learning rate {rate:.3g}: {answer.note['verdict']}")
        return Picture(
            figure,
            f"Gradient descent with learning rate {rate:.3g} on a valley {curvature:g} times as "
            f"steep across as along: {answer.note['verdict']}; the loss goes from {losses[0]:.3g} "
            f"to {losses[-1]:.2g} in {len(losses) - 1} steps.",
        )


def verdict(losses: ArrayLike) -> str:
    """Name what a loss curve shows: "too high", "too low" or "just right".

    "too high" if a loss is not finite or the last exceeds the first; "too low" if the last equals
    the first, or if the last tenth of the steps still brought more than 1 % of the whole descent;
    else "just right".

    Examples
    --------
    >>> verdict([4.0, 8.0]), verdict([4.0, 3.0, 2.0]), verdict([4.0, 1.0, 1.0])
    ('too high', 'too low', 'just right')
    """
    curve = np.asarray(losses, float)
    if not np.isfinite(curve).all() or curve[-1] > curve[0]:
        return "too high"
    steps = len(curve) - 1
    descent = curve[0] - curve[-1]
    late = curve[steps - max(1, steps // 10)] - curve[-1]
    return "too low" if descent == 0 or late > 0.01 * descent else "just right"


def explore_learning_rate(gradient_descent: Descent, steps: int = 100) -> LearningRateExperiment:
    """Open the learning-rate lab on the learner's ``gradient_descent``.

    Parameters
    ----------
    gradient_descent : callable
        ``gradient_descent(gradient, start, learning_rate, steps)``, as written in
        ``course/gradient_descent.py``; edits of the file show at once.
    steps : int
        Steps of each descent, at least 1.
    """
    return LearningRateExperiment(gradient_descent, steps)
