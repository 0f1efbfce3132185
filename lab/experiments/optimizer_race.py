"""The optimizer race: the learner's four optimizers side by side on a gallery of landscapes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from lab.data.landscapes import LANDSCAPES, Landscape
from lab.widget.experiment import Answer, Challenge, Experiment, LearnerFunctions, drawable
from lab.widget.returned_values import check_growth, shaped

STEPS = 200
RUNNERS = ("SGD", "Momentum", "RMSprop", "Adam")
FAR = 1e5  # where points outside the map are drawn from
HUGE = 1e30  # the largest loss that is sent
GRID = (121, 91)
ESCAPE = {"steps": 60, "loss": 0.01, "pass": 0.05}
CALM = {"steps": 50, "loss": 0.1}

CHALLENGES = (
    Challenge(
        "race.sgd",
        "Ravine: make SGD beat Adam",
        "Both start where they start now, and Adam keeps its learning rate; only SGD's is yours.",
    ),
    Challenge(
        "race.saddle",
        "Saddle: get SGD off the pass in 60 steps",
        "Start within 0.05 of the line w₁ = 0 and reach a loss of 0.01.",
    ),
    Challenge(
        "race.noise",
        "Noisy bowl: hold still",
        "Bring any runner's mean loss over the last 50 steps below 0.1. What does it cost?",
    ),
)


class OptimizerRace(Experiment, folder="optimizer_race"):
    """The four optimizers on one landscape, from one start."""

    terrain = traitlets.Bytes().tag(sync=True)  # float32: the losses of each landscape on its grid

    def __init__(self, progress: Any = None, **optimizers: Any) -> None:
        first = next(iter(LANDSCAPES.values()))
        super().__init__(
            LearnerFunctions(**optimizers),
            config={
                "steps": STEPS,
                "grid": list(GRID),
                "runners": list(RUNNERS),
                "landscapes": [_described(land) for land in LANDSCAPES.values()],
                "rates": {"low": -4, "high": 0.4, "step": 0.05, "digits": 2},
                "escape": ESCAPE,
                "calm": CALM,
            },
            settings={
                "landscape": first.name,
                "start": list(first.start),
                "rates": dict(first.rates),
                "runners": list(RUNNERS),
            },
            challenges=CHALLENGES,
            progress=progress,
        )
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

    def picture(self, answer: Answer) -> Any:
        """All paths on the contours beside the loss curves, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, CONTOUR, GREEN, INK, PURPLE, VERMILLION
        from lab.pictures.style import Picture, drawing

        land = LANDSCAPES[self.settings["landscape"]]
        colors = dict(zip(RUNNERS, (BLUE, VERMILLION, GREEN, PURPLE), strict=True))
        shapes = dict(zip(RUNNERS, "os^D", strict=True))
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
                color, shape = colors[name], shapes[name]
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


def _described(land: Landscape) -> dict[str, Any]:
    """What the front end needs to know of a landscape."""
    kept = ("name", "text", "start", "rates", "lowest", "contours", "exponents")
    described = {name: getattr(land, name) for name in kept}
    return {**described, "title": land.name, "x": land.x_range, "y": land.y_range}


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
    path = np.empty((len(noises) + 1, 2))
    path[0] = start
    for k, noise in enumerate(noises):
        gradient = np.asarray(land.gradient(path[k]) + noise)
        moved = runner.update(path[k].copy(), gradient)
        path[k + 1] = shaped(moved, (2,), f"{name}.update", "the new weights")
    check_growth(path, f"{name}.update")
    return path


def race_optimizers(SGD: Any, Momentum: Any, RMSprop: Any, Adam: Any) -> OptimizerRace:
    """Open the race on the learner's four optimizers.

    Parameters
    ----------
    SGD, Momentum, RMSprop, Adam : class
        As written in ``course/optimizers.py``; edits of the file show at once.
    """
    return OptimizerRace(SGD=SGD, Momentum=Momentum, RMSprop=RMSprop, Adam=Adam)
