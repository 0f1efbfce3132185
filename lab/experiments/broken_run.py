"""A broken run beside a sound one: what each program's variables hold, and how its loss falls."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from lab.data import Array
from lab.data.landscapes import LANDSCAPES, Landscape
from lab.reference_functions import reference
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.kept import Kept
from lab.widget.noting_copy import variables
from lab.widget.returned_values import shaped

Program = Callable[..., Any]

HUGE = 1e6  # the largest loss that is sent
MEET = 0.02  # how far from the sound loss, as a share of it, a repaired one may be
SHOWN = 3  # values of an array in the table


# For each program: its cause, what one would see if it were the cause, and what a sound run does.
PROGRAMS = {
    "fit_line": (
        "two arrays are combined into a larger one",
        "a variable has a shape that nobody asked for",
        "A sound run finds the line through twenty points: slope about 1.5, intercept about 1.",
    ),
    "logistic_regression": (
        "a sum is taken where a mean belongs",
        "the gradient is as many times too large as there are examples",
        "A sound run separates 40 examples from 80 others; its loss falls in every step.",
    ),
    "softmax_regression": (
        "examples and answers no longer match",
        "the rows are the same in both runs, and the answers beside them are not",
        "A sound run tells three classes apart; guessing would cost ln 3 = 1.099.",
    ),
    "train_with_momentum": (
        "something that should be remembered is reset to zero",
        "a variable that should grow from step to step holds only the last step",
        "A sound run rolls down the ravine about ten times as fast as without momentum.",
    ),
    "train_with_adam": (
        "a counter never moves on",
        "a counter disagrees with the number of steps done",
        "A sound run finds its way down the bent valley; its first steps are equally long.",
    ),
    "train_until_worse": (
        "a value that was put aside is changed later",
        "two variables that should differ are equal",
        "A sound run returns the weights whose held-out loss was lowest on the way.",
    ),
}


class Case(NamedTuple):
    """How a program is run for some steps, and the loss of the weights that it ends with."""

    run: Callable[[Program, int], Any]
    loss: Callable[[Array], float]
    shape: tuple[int, ...]
    steps: int
    path: bool = False  # whether it returns all weights on the way


def _cases() -> dict[str, Case]:
    generator = np.random.default_rng(7)
    inputs = np.linspace(-2, 2, 20)[:, None]
    line = 1.5 * inputs[:, 0] + 1 + 0.2 * generator.normal(size=20)
    spots = np.repeat(np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]]), 40, axis=0)
    table = np.column_stack([spots + generator.normal(size=spots.shape), np.ones(len(spots))])
    kinds = np.repeat(np.eye(3), 40, axis=0)
    ravine, banana = LANDSCAPES["ravine"], LANDSCAPES["banana"]

    def fitted(fit: Program, k: int) -> Any:
        return fit(inputs.copy(), line.copy(), 0.1, k)

    def cost(weights: Array) -> float:
        """The cross-entropy of two classes, one logit, or of three."""
        logits = table @ weights
        if logits.ndim == 1:
            return float(np.mean(np.logaddexp(0, logits) - kinds[:, 0] * logits))
        return float(np.mean(np.logaddexp.reduce(logits, axis=1) - (logits * kinds).sum(axis=1)))

    def stopped(fit: Program, k: int) -> Any:
        return fit(lambda w: 2 * (w - 5), held_out, [0.0], 0.05, k, 8)

    def held_out(weights: Array) -> float:
        return float((weights[0] - 3) ** 2)

    cases = (
        Case(fitted, lambda w: float(np.mean((w[0] * inputs[:, 0] + w[1] - line) ** 2)), (2,), 30),
        Case(lambda fit, k: fit(table.copy(), kinds[:, 0].copy(), 1.0, k), cost, (3,), 30),
        Case(lambda fit, k: fit(table.copy(), kinds.copy(), 0.1, k, 16), cost, (3, 3), 12),
        Case(_down(ravine, 0.004, 0.9), lambda w: float(ravine.loss(*w)), (2,), 60, path=True),
        Case(_down(banana, 1.0), lambda w: float(banana.loss(*w)), (2,), 200, path=True),
        Case(stopped, held_out, (1,), 30),
    )
    return dict(zip(PROGRAMS, cases, strict=True))


def _down(land: Landscape, *rates: float) -> Callable[[Program, int], Any]:
    return lambda fit, k: fit(land.gradient, land.start, *rates, k)


class BrokenRunExperiment(Experiment, folder="broken_run"):
    """One of the six programs of ``course/broken_runs.py`` beside the same one without its bug."""

    def __init__(self, program: Program, **options: Any) -> None:
        self.name = program.__name__
        self.case = _cases()[self.name]
        self.unit = "epoch" if self.name == "softmax_regression" else "step"
        kept = options.setdefault("kept", Kept.beside_course())
        guess = Prediction(
            f"broken_run.{self.name}",
            "What is wrong with your program? Go from the curve to the variables.",
            options=sorted(
                ((name, cause) for name, (cause, *_) in PROGRAMS.items()),
                key=lambda option: option[1],  # the order of the programs would tell
            ),
        )
        goal = Challenge(
            f"broken_run.meet.{self.name}",
            "Repair it: let the two curves meet",
            f"In course/broken_runs.py, {self.name}; save, and look here.",
        )
        self.FUNCTIONS, self.CHALLENGES = (self.name,), (goal,)
        self.SETTINGS = {"step": self.case.steps}
        self._losses: tuple[object, Array, Array] = (None, np.empty(0), np.empty(0))
        super().__init__(
            program,
            program=self.name,
            steps=self.case.steps,
            unit=self.unit,
            sound=PROGRAMS[self.name][2],
            would={name: would for name, (_, would, _) in PROGRAMS.items()},
            guess=guess.message(kept),
            **options,
        )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Return both loss curves, and the variables of both runs at one step."""
        case, yours = self.case, functions[self.name]
        sound = getattr(reference("broken_runs"), self.name)
        if self._losses[0] is not functions:
            self._losses = (functions, self._curve(yours), self._curve(sound))
        _, mine, right = self._losses
        step = int(settings["step"])
        held = [variables(program, lambda run: case.run(run, step)) for program in (yours, sound)]
        meet = bool(np.all(np.abs(mine - right) <= MEET * np.abs(right) + 1e-9))
        rows = _rows(*held)
        return Answer((drawable(mine, HUGE), drawable(right, HUGE)), {"meet": meet, "rows": rows})

    def _curve(self, program: Program) -> Array:
        """The loss of what the program returns after 0, 1, 2, … steps."""
        case = self.case
        if case.path:
            whole = (case.steps + 1, *case.shape)
            ends = [*shaped(case.run(program, case.steps), whole, self.name, "the path")]
        else:
            ends = [
                shaped(case.run(program, k), case.shape, self.name, "the weights")
                for k in range(case.steps + 1)
            ]
        return np.array([case.loss(weights) for weights in ends])

    def picture(self, answer: Answer) -> Any:
        """Both loss curves, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, VERMILLION
        from lab.pictures.style import Picture, drawing

        mine, right = answer.arrays
        with drawing((7, 3.4)) as (figure, axes):
            axes.semilogy(np.maximum(right, 1e-9), "--", color=BLUE, label="sound")
            axes.semilogy(np.maximum(mine, 1e-9), color=VERMILLION, label="yours")
            axes.set(xlabel=self.unit, ylabel="loss", title=self.name)
            axes.legend()
        end = "meet" if answer.note["meet"] else "differ"
        return Picture(
            figure,
            f"The loss of {self.name} beside that of a sound run: the curves {end}; after "
            f"{self.case.steps} {self.unit}s {mine[-1]:.3g} and {right[-1]:.3g}.",
        )


def _rows(mine: Mapping[str, Any], right: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What both runs hold, variable by variable, in the order in which they were named."""
    both = {**mine, **right}
    return [
        {
            "name": name,
            "mine": told(mine[name]) if name in mine else "",
            "right": told(right[name]) if name in right else "",
            "same": name in mine and name in right and _alike(mine[name], right[name]),
        }
        for name in both
        if not name.startswith("_") and _worth(both[name])
    ]


def _worth(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "bif"
    except ValueError:  # a list of unequal rows
        return False


def _alike(mine: Any, right: Any) -> bool:
    return np.shape(mine) == np.shape(right) and np.allclose(mine, right, equal_nan=True)


def told(value: Any) -> str:
    """A variable in a few words: its shape, and its first values.

    Examples
    --------
    >>> told(0.25), told(np.arange(6).reshape(3, 2))
    ('0.25', '(3, 2): 0, 1, 2, …')
    """
    array = np.asarray(value)
    values = [f"{number:.4g}".replace("-", "−") for number in array.ravel()[:SHOWN]]
    if array.shape == ():
        return values[0]
    return f"{array.shape}: {', '.join(values)}{', …' if array.size > SHOWN else ''}"


def watch_broken_run(program: Program) -> BrokenRunExperiment:
    """Open a program of ``course/broken_runs.py`` beside the same program without its bug.

    In a lesson: ``watch_broken_run(broken_runs.fit_line)``.

    Parameters
    ----------
    program : callable
        One of the six, ``fit_line`` for instance; edits of the file show at once.
    """
    return BrokenRunExperiment(program)
