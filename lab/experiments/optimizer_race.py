"""The optimizer race: the learner's optimizers side by side on a gallery of landscapes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from lab.data.landscapes import LANDSCAPES, RACE_STEPS, RUNNERS, Landscape
from lab.experiments.optimizer_path import path_of
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import check_growth

FIRST = LANDSCAPES["ravine"]
STEPS = RACE_STEPS
FAR = 1e5  # where points outside the map are drawn from
HUGE = 1e30  # the largest loss that is sent
GRID = (121, 91)
PASS = {"steps": 60, "loss": 0.2, "near": 0.05}
CALM = {"steps": 50, "loss": 0.1}


def _described(land: Landscape) -> dict[str, Any]:
    """What the front end needs to know of a landscape."""
    kept = ("name", "text", "start", "rates", "lowest", "contours", "exponents")
    described = {name: getattr(land, name) for name in kept}
    return {**described, "title": land.name, "x": land.x_range, "y": land.y_range}


class OptimizerRace(Experiment, folder="optimizer_race"):
    """The optimizers on one landscape, from one start."""

    terrain = traitlets.Bytes().tag(sync=True)  # float32: the losses of each landscape on its grid

    FUNCTIONS = RUNNERS
    CONFIG = {
        "steps": STEPS,
        "grid": list(GRID),
        "runners": list(RUNNERS),
        "landscapes": [_described(land) for land in LANDSCAPES.values()],
        "rates": {"low": -4, "high": 0.4, "step": 0.05, "digits": 2},
        "pass": PASS,
        "calm": CALM,
        "equal": 0.1,
    }
    SETTINGS = {
        "landscape": FIRST.name,
        "start": list(FIRST.start),
        "rates": FIRST.rates,
        "runners": list(RUNNERS),
    }
    CHALLENGES = (
        Challenge(
            "race.sgd",
            "Ravine: rig the race for SGD",
            "With one learning rate for all, find one at which SGD beats Adam.",
        ),
        Challenge(
            "race.saddle",
            "Saddle: keep SGD on the pass for 60 steps",
            "Start within 0.05 of the line w₁ = 0, but not on it.",
        ),
        Challenge(
            "race.noise",
            "Noisy bowl: hold still",
            "Bring any runner's mean loss over the last 50 steps below 0.1. What does it cost?",
        ),
    )
    PREDICTION = Prediction(
        "race.bet",
        "The ravine is 40 times as steep across as along, and each runner has its own best "
        "learning rate. Who has the lowest loss after 200 steps?",
        options=tuple((name, name) for name in RUNNERS),
    )

    def __init__(self, *optimizers: Any, **options: Any) -> None:
        super().__init__(*optimizers, **options)
        self.terrain = b"".join(terrain(land).tobytes() for land in LANDSCAPES.values())

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Run the race; runners that are not written yet stay behind and are named."""
        land = LANDSCAPES[settings["landscape"]]
        noises = land.noises(STEPS)
        names, arrays, absent = [], [], {}
        for name in settings["runners"]:
            try:
                rate = float(settings["rates"][name])
                path = raced(functions[name], name, rate, land, settings["start"], noises)
            except NotImplementedError as error:
                absent[name] = error
                continue
            names.append(name)
            arrays += [drawable(path, FAR), drawable(land.loss(*path.T), HUGE)]
        if absent and not names:
            raise next(iter(absent.values()))
        return Answer(tuple(arrays), note={"runners": names, "absent": list(absent)})

    def agrees(self, settings: Mapping[str, Any]) -> bool:
        """Whether those runners that are written do what the reference does."""
        answer, _ = self.attempt(settings, self.LIMIT)
        written = answer.note["runners"] if answer else []
        return bool(written) and super().agrees({**settings, "runners": written})

    def picture(self, answer: Answer) -> Any:
        """All paths on the contours beside the loss curves, drawn with Matplotlib."""
        from lab.pictures.colors import CONTOUR, INK, RUNNER_LOOKS
        from lab.pictures.style import Picture, drawing

        land = LANDSCAPES[self.settings["landscape"]]
        said = []
        with drawing((9, 3.8), 1, 2) as (figure, (ground, curves)):
            x = np.linspace(*land.x_range, GRID[0])
            y = np.linspace(*land.y_range, GRID[1])
            heights = terrain(land).reshape(GRID[::-1])
            ground.contour(
                x, y, heights, np.geomspace(*land.contours, 12), colors=CONTOUR, linewidths=0.8
            )
            for k, name in enumerate(answer.note["runners"]):
                path, losses = answer.arrays[2 * k : 2 * k + 2]
                color, shape = RUNNER_LOOKS[name]
                ground.plot(*path.T, "-", color=color, linewidth=1.2)
                ground.plot(*path[-1], shape, color=color, markersize=7, markeredgecolor="white")
                curve = np.clip(losses, 1e-30, HUGE)
                curves.semilogy(curve, color=color, marker=shape, markevery=40, label=name)
                said.append(f"{name} at {losses[-1]:.2g}")
            ground.grid(False)
            ground.plot(*self.settings["start"], "o", color=INK, markersize=8)
            ground.set(xlim=land.x_range, ylim=land.y_range)
            ground.set(xlabel="weight w₀", ylabel="weight w₁")
            ground.set_title(f"The race on the {land.name}")
            low, high = land.exponents
            curves.set(ylim=(10.0**low, 10.0**high), xlabel="step", ylabel="loss")
            curves.set_title("The loss, step by step")
            curves.legend()
        return Picture(
            figure,
            f"A race of optimizers on the {land.name}. Losses after {STEPS} steps: "
            f"{', '.join(said)}.",
        )


def terrain(land: Landscape) -> NDArray[np.float32]:
    """The losses on the grid of the map, rows from low to high w₁, as one row of float32."""
    x, y = np.meshgrid(np.linspace(*land.x_range, GRID[0]), np.linspace(*land.y_range, GRID[1]))
    return np.asarray(land.loss(x, y), "<f4").ravel()


def raced(
    optimizer: Any,
    name: str,
    learning_rate: float,
    land: Landscape,
    start: Any,
    noises: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the path of one runner, shape (steps + 1, 2), with one row of noise a step.

    Raises
    ------
    Unusable
        If ``update`` returns something other than two numbers, or nan suddenly.
    """
    runner = optimizer(learning_rate=learning_rate)
    path = path_of(runner, name, start, len(noises), lambda w, k: land.gradient(w) + noises[k])
    check_growth(path, f"{name}.update")
    return path


def race_optimizers(SGD: Any, Momentum: Any, RMSprop: Any, Adam: Any, AdamW: Any) -> OptimizerRace:
    """Open the race on the learner's optimizers.

    Parameters
    ----------
    SGD, Momentum, RMSprop, Adam, AdamW : class
        As written in ``course/optimizers.py``; edits of the file show at once.
    """
    return OptimizerRace(SGD, Momentum, RMSprop, Adam, AdamW)
