"""The hill walk: feel the slope, take a step, again; with the learner's own two functions."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lab.data import Array
from lab.data.landscapes import HILLS, Hill
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import shaped

FIRST = next(iter(HILLS.values()))
STEPS = 40
FAR = 1e5  # how far away from the picture weights, losses and slopes are still distinct
NEAR = 0.05  # a walk has ended in a valley if it is within this distance of its lowest place
SPRINT = {"hill": "parabola", "steps": 4, "loss": 1e-3, "away": 3.0}


def _described(hill: Hill) -> dict[str, Any]:
    """What the front end draws of a hill."""
    weights = np.linspace(hill.low, hill.high, 241)
    kept = ("name", "title", "text", "top", "start", "learning_rate")
    return {
        **{name: getattr(hill, name) for name in kept},
        "range": [hill.low, hill.high],
        "valleys": [{"name": name, "weight": weight} for name, weight in hill.valleys],
        "losses": [round(float(loss), 5) for loss in hill.loss(weights)],
    }


class HillWalk(Experiment, folder="hill_walk"):
    """A walk downhill on a loss of one weight."""

    FUNCTIONS = ("numerical_gradient", "gradient_step")
    CONFIG = {
        "steps": STEPS,
        "hills": [_described(hill) for hill in HILLS.values()],
        "rates": {"low": -2, "high": 0.3, "step": 0.02, "digits": 2},
        "near": NEAR,
        "sprint": SPRINT,
    }
    SETTINGS = {"hill": FIRST.name, "start": FIRST.start, "learning_rate": FIRST.learning_rate}
    CHALLENGES = (
        Challenge(
            "hill.sprint",
            "One valley: down in at most 4 steps",
            "From at least 3 away, reach a loss of 0.001. Only the learning rate helps.",
        ),
        Challenge(
            "hill.valleys",
            "Two valleys: end in each of them",
            "Move the start, and say first where the walk will end.",
        ),
        Challenge(
            "hill.leap",
            "Two valleys: leap over the hilltop",
            "Start to the right of the hilltop and end in the left valley.",
        ),
    )
    PREDICTION = Prediction(
        "hill.one_step",
        "With learning rate 0.25 each step halves the distance to the lowest place. Which learning "
        "rate arrives there in one step?",
        kind="number",
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Walk, and return the weight, the loss and the learner's slope at every step."""
        hill = HILLS[settings["hill"]]
        start, rate = float(settings["start"]), float(settings["learning_rate"])
        slope, step = functions["numerical_gradient"], functions["gradient_step"]
        weights, slopes = walked(hill.loss, start, rate, STEPS, slope, step)
        end = float(weights[-1])
        ended = [name for name, lowest in hill.valleys if abs(end - lowest) <= NEAR]
        arrays = (weights, hill.loss(weights), slopes)
        return Answer(
            arrays=tuple(drawable(values, FAR) for values in arrays),
            note={"ended": ended[0] if ended else None},
        )

    def picture(self, answer: Answer) -> Any:
        """The walk on the hill beside the loss at each step, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, INK, SOFT, VERMILLION
        from lab.pictures.style import Picture, drawing

        hill = HILLS[self.settings["hill"]]
        rate = self.settings["learning_rate"]
        weights, losses, slopes = answer.arrays
        with drawing((9, 3.6), 1, 2, width_ratios=[1.7, 1], sharey=True) as (figure, (walk, curve)):
            w = np.linspace(hill.low, hill.high, 300)
            walk.plot(w, hill.loss(w), color=SOFT)
            reach = 0.12 * (hill.high - hill.low)
            ends = weights[0] + reach * np.array([-1, 1])
            walk.plot(ends, losses[0] + slopes[0] * (ends - weights[0]), color=VERMILLION)
            walk.plot(weights, losses, "o-", color=BLUE, markersize=4, linewidth=1)
            walk.plot(weights[0], losses[0], "o", color=INK, markersize=8)
            walk.set(xlim=(hill.low, hill.high), ylim=(-0.04 * hill.top, hill.top))
            walk.set(xlabel="weight", ylabel="loss")
            walk.set_title("The walk, and the tangent at its start")
            curve.plot(losses, "o-", color=BLUE, markersize=3, linewidth=1.5)
            curve.set(xlabel="step")
            curve.set_title(f"Learning rate {rate:g}")
        where = answer.note["ended"]
        ended = f"in the {where}" if where else "away from the lowest place"
        return Picture(
            figure,
            f"A walk on the hill “{hill.title}” from weight {weights[0]:.3g} with learning rate "
            f"{rate:g}. The slope at the start is {slopes[0]:.3g}. After {STEPS} steps the walk "
            f"ends at weight {weights[-1]:.3g}, {ended}, with a loss of {losses[-1]:.3g}.",
        )


def walked(
    loss: Callable[[Any], Any],
    start: float,
    learning_rate: float,
    steps: int,
    numerical_gradient: Callable[..., Any],
    gradient_step: Callable[..., Any],
) -> tuple[Array, Array]:
    """Return the weight and the slope before every step and at the end, each (steps + 1,).

    The learner's functions see arrays of shape (1,), which are theirs to keep.

    Raises
    ------
    Unusable
        If one of them returns something that is not an array of one number.

    Examples
    --------
    >>> def gradient(loss, weights):
    ...     return 2 * (weights - 3)
    >>> def step(weights, gradient, learning_rate):
    ...     return weights - learning_rate * gradient
    >>> weights, slopes = walked(lambda w: (w - 3) ** 2, 0.0, 0.25, 3, gradient, step)
    >>> weights.tolist(), slopes.tolist()
    ([0.0, 1.5, 2.25, 2.625], [-6.0, -3.0, -1.5, -0.75])
    """
    weights, slopes = np.empty(steps + 1), np.empty(steps + 1)

    def height(at: Any) -> float:
        return float(loss(np.asarray(at, float)).item())

    weights[0] = start
    for k in range(steps + 1):
        if abs(weights[k]) > FAR:  # out of all pictures, where differences drown in rounding
            weights[k:], slopes[k:] = weights[k], slopes[k - 1]
            break
        slope = numerical_gradient(height, np.array([weights[k]]))
        here = (weights[k],)
        (slopes[k],) = shaped(slope, (1,), "numerical_gradient", "the gradient", here)
        if k < steps:
            moved = gradient_step(np.array([weights[k]]), np.array([slopes[k]]), learning_rate)
            given = (weights[k], slopes[k])
            (weights[k + 1],) = shaped(moved, (1,), "gradient_step", "the new weights", given)
    return weights, slopes


def walk_the_hill(
    numerical_gradient: Callable[..., Any], gradient_step: Callable[..., Any]
) -> HillWalk:
    """Open the hill walk on the learner's ``numerical_gradient`` and ``gradient_step``.

    Parameters
    ----------
    numerical_gradient : callable
        ``numerical_gradient(loss, weights)``, as written in ``course/gradient_descent.py``; edits
        of the file show at once.
    gradient_step : callable
        ``gradient_step(weights, gradient, learning_rate)``, from the same file.
    """
    return HillWalk(numerical_gradient, gradient_step)
