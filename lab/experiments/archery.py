"""The archery target: arrows that the learner shoots, and their mean squared error."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import as_number

Loss = Callable[[ArrayLike, ArrayLike], Any]

RADIUS = 20.0  # cm; ten rings of 2 cm, as on the 40 cm face of World Archery
REACH = 22.0  # cm; the picture shows from -REACH to REACH
GOLD = 4.0  # cm; the two inner rings
MAX_ARROWS = 12
FAR = 1e4  # cm; the largest miss that is sent
HUGE = 1e9  # the largest loss that is sent
START = ((-1.2, 1.1), (1.6, 0.4), (-0.5, -2.2), (2.3, 2.1), (7.0, -7.0))


class ArcheryExperiment(Experiment, folder="archery"):
    """Arrows on a target; the prediction is where one lands, the right answer the center."""

    FUNCTIONS = ("mean_squared_error",)
    CONFIG = {"radius": RADIUS, "reach": REACH, "gold": GOLD, "most": MAX_ARROWS}
    SETTINGS = {"arrows": [list(arrow) for arrow in START]}
    CHALLENGES = (
        Challenge(
            "archery.outlier",
            "Make the MSE more than 15 times the MAE",
            "With at least five arrows, all but one of them in the gold.",
        ),
        Challenge(
            "archery.hundred",
            "Reach an MSE of exactly 100, without an arrow that is 10 cm off",
            "With two arrows or more.",
        ),
    )
    PREDICTION = Prediction(
        "archery.twice",
        "Arrow 5 missed by 9.9 cm. If it lands twice as far from the center, how many times as "
        "large is its own loss?",
        options=((2, "2 times"), (4, "4 times"), (8, "8 times")),
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Hand the misses of all arrows to the learner's loss, then each miss by itself."""
        arrows = np.array(settings["arrows"], float).reshape(-1, 2)
        misses = np.hypot(*arrows.T)

        def loss(predictions: ArrayLike) -> float:
            given = np.array(predictions)  # its own copy for each call
            returned = functions["mean_squared_error"](given, np.zeros(given.shape))
            return as_number(returned, "mean_squared_error")

        mse = loss(misses)
        return Answer(
            arrays=(drawable(misses, FAR), drawable([loss([miss]) for miss in misses], HUGE)),
            note={"mse": mse if np.isfinite(mse) else None, "mae": float(misses.mean())},
        )

    def picture(self, answer: Answer) -> Any:
        """The target with its arrows, and each arrow's loss, drawn with Matplotlib."""
        from matplotlib.patches import Circle

        from lab.pictures.colors import BLUE, INK, SOFT, VERMILLION
        from lab.pictures.style import Picture, drawing

        arrows = np.array(self.settings["arrows"], float)
        misses, losses = answer.arrays
        mse, mae = answer.note["mse"], answer.note["mae"]
        said = "not a number" if mse is None else f"{mse:.1f}"
        with drawing((9, 3.9), 1, 2) as (figure, (target, bars)):
            for ring in range(10, 0, -1):
                tint = ("#f3d56b", "#e79a86", "#9cc9e6", "#70787f", "#f7f7f5")[(ring - 1) // 2]
                target.add_patch(Circle((0, 0), 2 * ring, facecolor=tint, edgecolor=SOFT, lw=0.5))
            target.plot(*arrows.T, "o", color=INK, markeredgecolor="white", markersize=9)
            target.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), aspect="equal")
            target.set_xlabel("cm from the center")
            target.grid(False)
            number = np.arange(1, len(misses) + 1)
            bars.bar(number - 0.2, misses, 0.38, color=BLUE, label="distance (cm)")
            bars.bar(number + 0.2, losses, 0.38, color=VERMILLION, label="its loss (cm²)")
            bars.set(xlabel="arrow", title=f"MSE {said}, MAE {mae:.1f}", xticks=number)
            bars.legend()
        return Picture(
            figure,
            f"{len(misses)} arrows on a target, {misses.min():.1f} to {misses.max():.1f} cm from "
            f"the center: mean squared error {said}, mean absolute error {mae:.1f} cm.",
        )


def shoot_at_target(mean_squared_error: Loss) -> ArcheryExperiment:
    """Open the archery target on the learner's ``mean_squared_error``.

    Parameters
    ----------
    mean_squared_error : callable
        ``mean_squared_error(predictions, targets)``, as written in ``course/losses.py``; edits of
        the file show at once.
    """
    return ArcheryExperiment(mean_squared_error)
