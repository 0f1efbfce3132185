"""One slider that moves a wave, and the learner's first function that measures how far it went."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import as_number

Distance = Callable[[float, float], Any]

POINTS = 61  # where the distance is measured
WAVES = 3  # wavelengths on the picture
FAR = 1e6  # the largest distance that is sent


class WaveExperiment(Experiment, folder="sliding_wave"):
    """A sine wave, shifted sideways, and its distance from the copy that stays."""

    FUNCTIONS: tuple[str, ...] = ("distance",)
    CONFIG = {
        "waves": WAVES,
        "points": POINTS,
        "shifts": {"low": 0, "high": 1.5, "step": 0.01},
    }
    SETTINGS = {"shift": 0.15}
    CHALLENGES = (
        Challenge(
            "wave.wavelength",
            "Bring the distance back to 0",
            "Not by going back: find another place where the wave lies on its copy.",
        ),
    )
    PREDICTION: Prediction | None = Prediction(
        "wave.curve",
        "The wave will slide to the right by one and a half wavelengths. How will its mean "
        "distance from the copy that stays go up and down?",
        "curve",
    )

    def __init__(self, distance: Distance | None = None, **options: Any) -> None:
        given = () if distance is None else (distance,)
        if not given:
            self.FUNCTIONS, self.PREDICTION = (), None
        super().__init__(*given, given=bool(given), **options)

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Measure the distance between the waves at each point, one call for each."""
        places = np.linspace(0, WAVES, POINTS)
        targets = np.sin(2 * np.pi * places)
        predictions = np.sin(2 * np.pi * (places - float(settings["shift"])))
        if "distance" not in functions:
            return Answer((drawable(predictions, 1),))
        distances = [
            as_number(functions["distance"](float(prediction), float(target)), "distance")
            for prediction, target in zip(predictions, targets, strict=True)
        ]
        mean = float(np.mean(distances))
        return Answer(
            arrays=(drawable(predictions, 1), drawable(distances, FAR)),
            note={"mean": mean if np.isfinite(mean) else None},
        )

    def picture(self, answer: Answer) -> Any:
        """The two waves and what is between them, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, INK, ORANGE
        from lab.pictures.style import Picture, drawing

        shift = float(self.settings["shift"])
        places, fine = np.linspace(0, WAVES, POINTS), np.linspace(0, WAVES, 400)
        targets = np.sin(2 * np.pi * places)
        with drawing((9, 2.9)) as (figure, axes):
            said = "Its distance is not measured yet."
            if len(answer.arrays) == 2:
                predictions, distances = answer.arrays
                ends = targets + np.sign(predictions - targets) * distances
                axes.vlines(places, targets, ends, color=ORANGE, linewidth=1.5)
                mean = answer.note["mean"]
                said = f"The mean distance is {'not a number' if mean is None else f'{mean:.3f}'}."
            axes.plot(fine, np.sin(2 * np.pi * fine), "--", color=INK, label="stays")
            axes.plot(fine, np.sin(2 * np.pi * (fine - shift)), color=BLUE, label="moves")
            axes.set(xlim=(0, WAVES), ylim=(-1.3, 1.3), xlabel="place (wavelengths)")
            axes.set_ylabel("height")
            axes.set_title(said)
            axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.2)
        return Picture(
            figure, f"A wave and its copy, moved by {shift:.2f} wavelengths to the right. {said}"
        )


def slide_a_wave(distance: Distance | None = None) -> WaveExperiment:
    """Open the sliding wave on the learner's ``distance``.

    Parameters
    ----------
    distance : callable, optional
        ``distance(prediction, target)``, as written in ``course/welcome.py``; edits of the file
        show at once. Without it, the wave moves and nothing is measured.
    """
    return WaveExperiment(distance)
