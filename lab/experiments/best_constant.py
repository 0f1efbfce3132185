"""What a loss makes a model learn: the best single answer to some data, under three losses."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import as_number

Loss = Callable[[ArrayLike, ArrayLike], Any]

HIGH = 20.0  # minutes; the picture shows 0 to HIGH
STEP = 0.1  # minutes between two answers that are tried
HUGE = 1e9  # the largest loss that is sent
RIDES = (1.5, 2.1, 2.6, 2.9, 3.2, 3.6, 4.1, 4.7)  # one ride each
LATE = 18.0  # minutes, on a day with a breakdown: the last ride


class BestConstantExperiment(Experiment, folder="best_constant"):
    """A model that always gives the same answer, fitted by trying all answers."""

    OWN_DESIGN = ("robust_loss",)
    FUNCTIONS = ("mean_squared_error", "robust_loss")
    CONFIG = {"high": HIGH, "step": STEP, "late": LATE, "usual": float(np.median(RIDES))}
    SETTINGS = {"targets": [*RIDES, LATE]}
    CHALLENGES = (
        Challenge(
            "best_constant.robust",
            "Bring the best answer of the squared error to 8, with yours below 5",
            "Drag as many rides as it takes, and no more.",
        ),
    )
    PREDICTION = Prediction(
        "best_constant.flags",
        "A model that always gives one answer learns from nine rides. Eight times the bus was 1.5 "
        "to 4.7 minutes late, once 18. Which answer is best under each loss? Drag the three flags.",
        "place",
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Try every answer under each loss; the best ones are told to a hundredth."""
        targets = np.array(settings["targets"], float)
        answers = np.linspace(0, HIGH, round(HIGH / STEP) + 1)

        def curve(name: str, at: ArrayLike) -> list[float]:
            if name == "absolute":
                return [float(np.abs(targets - answer).mean()) for answer in np.asarray(at)]
            loss = functions[name]
            return [
                as_number(loss(np.full(targets.shape, answer), targets.copy()), name)
                for answer in np.asarray(at)
            ]

        curves, best = [], []
        for name in ("mean_squared_error", "absolute", "robust_loss"):
            losses = curve(name, answers)
            near = answers[int(np.nanargmin(np.nan_to_num(losses, nan=np.inf)))]
            around = near + np.linspace(-STEP, STEP, 21)
            lowest = around[int(np.argmin(np.nan_to_num(curve(name, around), nan=np.inf)))]
            best.append(round(float(lowest), 2))
            curves.append(drawable(losses, HUGE))
        return Answer(tuple(curves), {"best": best})

    def picture(self, answer: Answer) -> Any:
        """The rides, and the three losses of every answer, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, GREEN, INK, VERMILLION
        from lab.pictures.style import Picture, dot, drawing

        targets, best = self.settings["targets"], answer.note["best"]
        names = ("squared", "absolute", "yours")
        with drawing((8, 4.4), 3, 1, sharex=True) as (figure, rows):
            for axes, losses, name, place, color in zip(
                rows, answer.arrays, names, best, (BLUE, GREEN, VERMILLION), strict=True
            ):
                axes.plot(np.linspace(0, HIGH, len(losses)), losses, color=color)
                axes.plot(targets, np.zeros(len(targets)), "|", color=INK, markersize=9)
                dot(axes, place, losses[round(place / STEP)], color)
                axes.set(ylabel=name, yticks=[])
            rows[-1].set(xlabel="the answer, in minutes; ticks are the rides", xlim=(0, HIGH))
        said = ", ".join(f"{name} {place:.2f}" for name, place in zip(names, best, strict=True))
        return Picture(
            figure,
            f"The mean loss of every single answer to {len(targets)} rides under three losses. "
            f"The best answer is, {said} minutes.",
        )


def what_does_it_learn(mean_squared_error: Loss, robust_loss: Loss) -> BestConstantExperiment:
    """Open the search for the best single answer, under the learner's own losses.

    In a lesson: ``what_does_it_learn(losses.mean_squared_error, losses.robust_loss)``.

    Parameters
    ----------
    mean_squared_error, robust_loss : callable
        As written in ``course/losses.py``; edits of the file show at once. The absolute error is
        the experiment's own.
    """
    return BestConstantExperiment(mean_squared_error, robust_loss)
