"""The loss-curve clinic: patients to name by eye, and what the learner's ``diagnose`` says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.widget.experiment import Answer, Challenge, Experiment
from lab.widget.returned_values import text_of

Diagnose = Callable[..., Any]

VERDICTS = ("converged", "still improving", "stuck", "diverging")
TARGET = 0.15  # the loss that is good enough, for all patients
WINDOW = 10
TOLERANCE = 0.01
LAST = 40  # epochs of most patients

# Where such a curve comes from, and what to do.
STORIES = {
    "healthy": "It fell, and went flat at a low value. Nothing to do.",
    "cut off too early": "It still slopes down at the last epoch. Train longer.",
    "thrown out": (
        "Flat after three epochs, far too high: the first steps were too large, or the network is "
        "too small. Try another learning rate first."
    ),
    "off the cliff": (
        "It fell at first, then the steepest direction took over. Lower the learning rate."
    ),
    "noisy": (
        "Losses of small batches jump. Here the two points that the rule compares happen to be "
        "level: smooth the curve before you trust a verdict."
    ),
    "far too careful": (
        "It looks flat, yet it slopes down all the way: the learning rate is far too low. Ten "
        "epochs change it by a little more than 2%."
    ),
    "rebound": (
        "It climbs, and the rule calls it still improving: it is not above its first loss, and "
        "not flat. Keep the weights of the lowest point."
    ),
    "burst": (
        "The numbers grew until they were no numbers any more: nan. Lower the learning rate."
    ),
    "bouncing": (
        "Every step jumps over the valley. Ten epochs earlier it was on the same side, so the "
        "rule finds it flat. Lower the learning rate, or look back nine."
    ),
}


@dataclass(frozen=True)
class Patient:
    """A loss curve with what is behind it.

    Attributes
    ----------
    name : str
        A short name, shown after the diagnosis.
    losses : tuple of float
        The curve, one loss an epoch.
    story : str
        What is behind the curve, from `STORIES`.
    """

    name: str
    losses: tuple[float, ...]
    story: str


def patients() -> tuple[Patient, ...]:
    """The nine patients, always the same."""
    return tuple(
        Patient(name, tuple(float(round(loss, 4)) for loss in losses), STORIES[name])
        for name, losses in _curves().items()
    )


def _curves() -> dict[str, Iterable[float]]:
    epoch = np.arange(LAST + 1)
    noise = np.random.default_rng(3).normal(0, 0.055, LAST + 1)
    noisy = 0.09 + 0.95 * np.exp(-epoch / 5) + noise * (0.4 + np.exp(-epoch / 25))
    noisy = np.maximum(noisy, 0.03)
    noisy[-1] = noisy[-1 - WINDOW] = 0.118  # the luck of two points
    bouncing = 0.42 + 0.62 * np.exp(-epoch / 4) + 0.16 * np.where(epoch % 2, 1, -1)
    bouncing[0] = 1.0
    fall, climb = np.clip(18 - epoch, 0, None) / 18, np.clip(epoch - 18, 0, None) / (LAST - 18)
    return {
        "healthy": [1.0, 0.8, 0.6, 0.4, 0.2, *[0.1] * 20],
        "cut off too early": 0.06 + 0.94 * np.exp(-epoch[:26] / 11),
        "thrown out": [1.0, *(0.7 + 0.12 * np.exp(-epoch[:LAST] / 1.6))],
        "off the cliff": 0.82 * np.exp(-epoch / 6) + 0.02 * np.exp(epoch / 8.4) + 0.16,
        "noisy": noisy,
        "far too careful": 1.0 - 0.0021 * epoch,
        "rebound": 0.2 + 0.8 * fall**2.2 + 0.6 * climb**1.3,
        "burst": [1.0, 0.72, 0.61, 0.66, 0.9, 1.5, 3.1, *[np.nan] * 14],
        "bouncing": bouncing,
    }


def _described(patient: Patient) -> dict[str, Any]:
    """What the front end draws and tells of a patient."""
    losses = [loss if np.isfinite(loss) else None for loss in patient.losses]
    return {"name": patient.name, "story": patient.story, "losses": losses}


class ClinicExperiment(Experiment, folder="clinic"):
    """Nine loss curves, and the learner's ``diagnose`` on each."""

    FUNCTIONS = ("diagnose",)
    CONFIG = {
        "patients": [_described(patient) for patient in patients()],
        "target": TARGET,
        "windows": {"low": 1, "high": 20, "step": 1},
        "tolerances": {"low": -3, "high": -0.5, "step": 0.05},
    }
    SETTINGS = {"window": WINDOW, "tolerance": TOLERANCE}
    CHALLENGES = (
        Challenge(
            "clinic.first_try",
            "All nine right at the first try",
            "By the four questions of the lesson, with window 10 and tolerance 1%.",
        ),
        Challenge(
            "clinic.second_opinion",
            "Change the verdict of three patients at once",
            "With the window and the tolerance, once you have seen all nine.",
        ),
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Ask the learner's function about every patient."""
        asked = {"window": int(settings["window"]), "tolerance": float(settings["tolerance"])}
        said = (functions["diagnose"](list(ill.losses), TARGET, **asked) for ill in patients())
        return Answer(
            (), {"verdicts": [text_of(verdict, "diagnose", VERDICTS)[:40] for verdict in said]}
        )

    def picture(self, answer: Answer) -> Any:
        """All nine curves with their verdicts, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, SOFT
        from lab.pictures.style import Picture, drawing

        said = []
        with drawing((9, 6), 3, 3) as (figure, panels):
            shown = zip(panels.flat, patients(), answer.note["verdicts"], strict=True)
            for number, (axes, patient, verdict) in enumerate(shown, start=1):
                losses = np.array(patient.losses)
                axes.plot(losses, color=BLUE)
                axes.axhline(TARGET, color=SOFT, linewidth=1, linestyle=(0, (2, 2)))
                top = max(1.0, float(np.nanmax(losses)))
                axes.set(ylim=(0, 1.08 * top), xticks=[], yticks=[0, 1])
                axes.set_title(f"{number}: {verdict}")
                said.append(f"{number} {verdict}")
        return Picture(figure, f"Nine loss curves with their diagnoses: {', '.join(said)}.")


def visit_clinic(diagnose: Diagnose) -> ClinicExperiment:
    """Open the loss-curve clinic on the learner's ``diagnose``.

    Parameters
    ----------
    diagnose : callable
        ``diagnose(losses, target, window=10, tolerance=0.01)``, as written in
        ``course/loss_curves.py``; edits of the file show at once.
    """
    return ClinicExperiment(diagnose)
