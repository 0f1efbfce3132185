"""The map of verdicts: what the learner's rule says of every learning rate in every valley."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lab.experiments.learning_rate import VERDICTS, Descent, Judge, descended, verdict_of
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable

START = (-10.0, 1.0)
STEPS = 60
RATES = {"low": -2.7, "step": 0.08, "count": 40}  # exponents of ten
STEEPNESSES = {"low": 0.0, "step": 1 / 12, "count": 25}
ASKED = 12  # the row of which the prediction is: ten times as steep across as along
HUGE = 1e30  # the largest loss that is sent


class VerdictMap(Experiment, folder="verdict_map"):
    """One descent for each learning rate and each steepness of the valley, and its verdict."""

    FUNCTIONS = ("gradient_descent", "judge_learning_rate")
    CONFIG = {
        "steps": STEPS,
        "start": list(START),
        "verdicts": list(VERDICTS),
        "rates": RATES,
        "steepnesses": STEEPNESSES,
        "asked": ASKED,
    }
    SETTINGS = {"learning_rate": 0.0316, "steepness": 10.0}
    CHALLENGES = (
        Challenge(
            "verdict_map.tip",
            "Find the steepest valley in which some rate is just right",
            "Choose a cell there, then press the button.",
        ),
    )
    PREDICTION = Prediction(
        "verdict_map.highest",
        "Each cell is a walk of 60 steps with its own learning rate, in a valley of its own. In "
        "the valley that is 10 times as steep across as along, what is the highest rate that your "
        "rule still calls just right? Mark it before the walks fill in.",
        kind="place",
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Run one cell of the map."""
        _, losses = descended(
            functions["gradient_descent"],
            float(settings["learning_rate"]),
            float(settings["steepness"]),
            START,
            STEPS,
        )
        verdict = verdict_of(functions["judge_learning_rate"], losses)
        return Answer((drawable(losses, HUGE),), note={"verdict": verdict})

    def picture(self, answer: Answer) -> Any:
        """The whole map, drawn with Matplotlib: every second cell is run for it."""
        from lab.pictures.learning_rate import phase_diagram

        rates, steepnesses = exponentials(RATES)[::2], exponentials(STEEPNESSES)[::2]
        verdicts = np.zeros((len(steepnesses), len(rates)), dtype="U10")  # empty while not known
        for row, column in np.ndindex(*verdicts.shape):
            cell = {"learning_rate": rates[column], "steepness": steepnesses[row]}
            found, trouble = self.attempt(cell, self.LIMIT / 8, look=False)
            if trouble is not None and trouble.kind == "time":
                break  # the static picture must not keep the learner waiting
            if found is not None:
                verdicts[row, column] = found.note["verdict"]
        return phase_diagram(rates, steepnesses, verdicts)


def exponentials(axis: Mapping[str, float]) -> list[float]:
    """The values along one axis of the map."""
    exponents = axis["low"] + axis["step"] * np.arange(int(axis["count"]))
    return [float(f"{value:.3g}") for value in 10**exponents]


def map_verdicts(gradient_descent: Descent, judge_learning_rate: Judge) -> VerdictMap:
    """Open the map of verdicts on the learner's ``judge_learning_rate``.

    Parameters
    ----------
    gradient_descent : callable
        ``gradient_descent(gradient, start, learning_rate, steps)``, as written in
        ``course/gradient_descent.py``.
    judge_learning_rate : callable
        ``judge_learning_rate(losses)``, as written in ``course/learning_rate.py``; edits of the
        file show at once.
    """
    return VerdictMap(gradient_descent, judge_learning_rate)
