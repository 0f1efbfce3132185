"""The map of learning rates and momenta: where the learner's ``Momentum`` converges, how fast."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lab.data import Array
from lab.data.landscapes import LANDSCAPES, RAVINE_CURVATURES
from lab.experiments.optimizer_path import path_of
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import check_growth

START = LANDSCAPES["ravine"].start
STEPS = 60
LATE = 10  # the last steps, over which the speed is measured: single losses swing
RATE_STEP, COLUMNS = 0.0025, 44  # learning rates 0.0025, 0.0050, … 0.11
MOMENTUM_STEP, ROWS = 0.03, 33  # momenta 0, 0.03, … 0.96
FAR = 1e5  # where points outside the map are drawn from
HUGE = 1e30  # the largest loss that is sent
STRONG = 1.5  # the largest factor that is shown


class MomentumMap(Experiment, folder="momentum_map"):
    """One run of ``Momentum`` for each pair of learning rate and momentum, in the ravine."""

    FUNCTIONS = ("Momentum",)
    CONFIG = {
        "steps": STEPS,
        "curvatures": list(RAVINE_CURVATURES),
        "start": list(START),
        "rates": {"step": RATE_STEP, "count": COLUMNS},
        "momenta": {"step": MOMENTUM_STEP, "count": ROWS},
        "strong": STRONG,
        "beyond": 1.7,
    }
    SETTINGS = {"learning_rate": 0.03, "momentum": 0.0}
    CHALLENGES = (
        Challenge(
            "momentum.fastest",
            "Find the fastest cell",
            "Choose a cell by its place and its curves, then press the button.",
        ),
        Challenge(
            "momentum.beyond",
            "Converge beyond the border of lesson 3",
            "Choose a cell that converges at 1.7 times the largest learning rate of plain descent.",
        ),
    )
    PREDICTION = Prediction(
        "momentum.cell",
        "Each cell is a run with its own learning rate and momentum. In which does the error "
        "shrink fastest? Mark it before the runs fill in.",
        kind="place",
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Run one cell of the map."""
        path = rolled(
            functions["Momentum"], float(settings["learning_rate"]), float(settings["momentum"])
        )
        losses = 0.5 * (path**2 @ np.array(RAVINE_CURVATURES))
        return Answer(
            arrays=(drawable(path, FAR), drawable(losses, HUGE)),
            note={"factor": shrink_factor(losses)},
        )

    def picture(self, answer: Answer) -> Any:
        """The whole map, drawn with Matplotlib: every cell is run for it."""
        from matplotlib.colors import LinearSegmentedColormap

        from lab.pictures.colors import INK, VERMILLION
        from lab.pictures.style import Picture, drawing

        factors = self._coarse()
        rate = 2 * RATE_STEP * (np.arange(factors.shape[1]) + 0.5)
        momentum = 2 * MOMENTUM_STEP * np.arange(factors.shape[0])
        steepest = max(RAVINE_CURVATURES)
        shown = np.ma.masked_where(~(factors < 1), factors)
        blues = LinearSegmentedColormap.from_list("speed", ["#023858", "#0072b2", "#e9f2f9"])
        with drawing((7.4, 4.4)) as (figure, axes):
            mesh = axes.pcolormesh(
                rate, momentum, shown, cmap=blues.with_extremes(bad="#f6d5bf"), vmin=0.7, vmax=1
            )
            figure.colorbar(mesh, label="factor of the error in each step")
            edge = np.array([0.0, 1.0])
            axes.plot(2 * (1 + edge) / steepest, edge, "--", color=VERMILLION, linewidth=1.5)
            axes.text(0.101, 0.2, "diverges", color=INK, ha="center")
            axes.set(xlim=(0, RATE_STEP * (COLUMNS + 0.5)), ylim=(-0.03, ROWS * MOMENTUM_STEP))
            axes.set(xlabel="learning rate", ylabel="momentum")
            axes.grid(False)
            axes.set_title("Where momentum converges, and how fast")
        best = np.unravel_index(np.argmin(np.nan_to_num(factors, nan=np.inf)), factors.shape)
        return Picture(
            figure,
            "Map of learning rates (across) and momenta (up). The largest learning rate that "
            f"converges is {_largest(rate, factors[0]):.3g} without momentum and "
            f"{_largest(rate, factors[-1]):.3g} with momentum {momentum[-1]:.2g}. The fastest "
            f"cell is at learning rate {rate[best[1]]:.3g} and momentum {momentum[best[0]]:.2g}, "
            f"where the error shrinks to {factors[best]:.2g} of itself in each step.",
        )

    def _coarse(self) -> Array:
        """Factors of every second learning rate and momentum; nan where the code failed."""
        factors = np.full(((ROWS + 1) // 2, COLUMNS // 2), np.nan)
        for row, column in np.ndindex(*factors.shape):
            cell = {
                "learning_rate": 2 * RATE_STEP * (column + 0.5),
                "momentum": 2 * MOMENTUM_STEP * row,
            }
            answer, trouble = self.attempt(cell, self.LIMIT / 8, look=False)
            if trouble is not None and trouble.kind == "time":
                break  # the static picture must not keep the learner waiting
            if answer is not None:
                factors[row, column] = answer.note["factor"]
        return factors


def _largest(rates: NDArray[Any], factors: Array) -> float:
    """The largest rate whose factor is below 1, 0 if there is none."""
    return float(np.max(rates[factors < 1], initial=0.0))


def rolled(momentum: Any, learning_rate: float, share: float) -> Array:
    """Return the path of one run, shape (STEPS + 1, 2).

    Raises
    ------
    Unusable
        If ``update`` returns something other than two numbers, or nan suddenly.
    """
    ball = momentum(learning_rate=learning_rate, momentum=share)
    curvatures = np.array(RAVINE_CURVATURES)
    path = path_of(ball, "Momentum", START, STEPS, lambda weights, _: curvatures * weights)
    check_growth(path, "Momentum.update")
    return path


def shrink_factor(losses: ArrayLike) -> float:
    """The mean factor by which one step multiplies the error, at most `STRONG`.

    The error is the square root of the loss. Its size at the end is the geometric mean over the
    last `LATE` losses, taken at the middle of them. Above 1 the run diverges.

    Examples
    --------
    >>> losses = 0.25 ** np.arange(61.0)
    >>> round(shrink_factor(losses), 6)
    0.5
    >>> shrink_factor(9.0 ** np.arange(61.0))
    1.5
    """
    curve = np.asarray(losses, float)
    late = curve[-LATE:]
    if not np.isfinite(late).all():
        return STRONG
    middle = len(curve) - (LATE + 1) / 2
    size = np.log(np.maximum(late, 1e-300)).mean() - np.log(curve[0])
    return min(STRONG, float(np.exp(0.5 * size / middle)))


def map_learning_rates(Momentum: Any) -> MomentumMap:
    """Open the map of learning rates and momenta on the learner's ``Momentum``.

    Parameters
    ----------
    Momentum : class
        As written in ``course/optimizers.py``; edits of the file show at once.
    """
    return MomentumMap(Momentum)
