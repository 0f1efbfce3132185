"""The learning-rate lab: one slider, the learner's descent, and the border where it diverges."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lab.data import Array
from lab.reference_functions import reference
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import check_growth, one_of, shaped

Descent = Callable[[Callable[[Any], Any], Any, float, int], Any]
Judge = Callable[[ArrayLike], Any]

WIDTH = 10.0  # the map shows weights from -WIDTH to WIDTH along the valley
FAR = 1e5  # where points outside the map are drawn from
HUGE = 1e30  # the largest loss that is sent
GOAL_LOSS = 1e-6
GOAL_STEPS = 60
VERDICTS = ("too low", "just right", "too high")


class LearningRateExperiment(Experiment, folder="learning_rate"):
    """Gradient descent on ½(w₀² + κ·w₁²), run by the learner's ``gradient_descent``.

    The curvatures are λmin = 1 along the valley and λmax = κ across it, κ being the setting
    ``conditioning``.
    """

    FUNCTIONS = ("gradient_descent", "judge_learning_rate")
    CONFIG = {
        "width": WIDTH,
        "rates": {"low": -3, "high": 1, "step": 0.005},
        "conditionings": {"low": 0, "high": 2, "step": 0.05},
        "losses": [-10, 4],
        "goal": {"loss": GOAL_LOSS, "steps": GOAL_STEPS, "conditioning": 10},
    }
    SETTINGS = {"learning_rate": 10**-0.6, "start": [-8.0, 3.0], "conditioning": 10.0}
    STILL = {"learning_rate": 2 / 11}  # the best one; how the start ends is to be predicted
    CHALLENGES = (
        Challenge(
            "learning_rate.predict",
            "Predict first: will it diverge?",
            "Say what the descent will do before you see it.",
        ),
        Challenge(
            "learning_rate.border",
            "Find the border within 2%",
            "Move the slider to the largest learning rate that does not diverge, then press the "
            "button.",
        ),
        Challenge(
            "learning_rate.sprint",
            "Reach a loss of 10⁻⁶ in at most 60 steps",
            "In a valley at least ten times as steep across as along.",
        ),
    )
    PREDICTION = Prediction(
        "learning_rate.verdict",
        "The valley is 10 times as steep across as along. What will 100 steps with learning rate "
        "0.251 do?",
        options=(
            ("too low", "▼ creep: too low"),
            ("just right", "● settle: just right"),
            ("too high", "▲ diverge: too high"),
        ),
    )

    def __init__(
        self,
        gradient_descent: Descent,
        judge: Judge | None = None,
        steps: int = 100,
        **options: Any,
    ) -> None:
        judge = judge or reference("learning_rate").judge_learning_rate
        super().__init__(gradient_descent, judge, steps=steps, **options)

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Run one descent and return its path, its losses and the verdict."""
        path, losses = descended(
            functions["gradient_descent"],
            float(settings["learning_rate"]),
            float(settings["conditioning"]),
            settings["start"],
            int(self.config["steps"]),
        )
        verdict = verdict_of(functions["judge_learning_rate"], losses)
        below = np.flatnonzero(losses <= GOAL_LOSS)
        return Answer(
            arrays=(drawable(path, FAR), drawable(losses, HUGE)),
            note={"verdict": verdict, "reached": int(below[0]) if below.size else None},
        )

    def picture(self, answer: Answer) -> Any:
        """Path on the contours beside the loss curve, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, CONTOUR, INK, VERMILLION
        from lab.pictures.style import Picture, drawing

        path, losses = answer.arrays
        rate, curvature = self.STILL["learning_rate"], self.settings["conditioning"]
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


def descended(
    descent: Descent, rate: float, steepness: float, start: Any, steps: int
) -> tuple[Array, Array]:
    """The path and the losses of the learner's descent on ½(w₀² + steepness·w₁²).

    Raises
    ------
    Unusable
        If what comes back is not a path of two weights, or turns to nan suddenly.
    """
    curvatures = np.array([1.0, steepness])
    path = shaped(
        descent(
            lambda weights: curvatures * np.asarray(weights, float),
            np.array(start, float),
            rate,
            steps,
        ),
        (steps + 1, 2),
        "gradient_descent",
        "the path, the start and then one row for each step",
    )
    check_growth(path, "gradient_descent")
    return path, 0.5 * (path**2 @ curvatures)


def verdict_of(judge: Judge, losses: Array) -> str:
    """What the learner's rule says of a descent; `Unusable` if it is none of `VERDICTS`."""
    return one_of(VERDICTS, judge(losses), "judge_learning_rate")


def explore_learning_rate(
    gradient_descent: Descent, judge_learning_rate: Judge | None = None, steps: int = 100
) -> LearningRateExperiment:
    """Open the learning-rate lab on the learner's ``gradient_descent``.

    Parameters
    ----------
    gradient_descent : callable
        ``gradient_descent(gradient, start, learning_rate, steps)``, as written in
        ``course/gradient_descent.py``; edits of the file show at once.
    judge_learning_rate : callable, optional
        ``judge_learning_rate(losses)``, as written in ``course/learning_rate.py``; by default the
        course's own rule gives the verdicts.
    steps : int
        Steps of each descent, at least 1.
    """
    return LearningRateExperiment(gradient_descent, judge_learning_rate, steps)
