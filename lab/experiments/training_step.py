"""The training step in slow motion: a 2-2-1 network made of the learner's layer functions."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lab.data import Array
from lab.widget.experiment import Answer, Challenge, Experiment, Learner, Unusable, drawable
from lab.widget.javascript import script, style
from lab.widget.returned_values import shaped

STEPS = 24
GOAL_LOSS = 0.2
FAR = 1e6  # the largest number that is shown

# The network and the first example are those that lesson 5 works by hand.
WEIGHTS_1 = ((1.0, 1.0), (1.0, -2.0))
BIAS_1 = (0.0, 1.0)
WEIGHTS_2 = ((2.0,), (-1.0,))
BIAS_2 = (-1.0,)
INPUTS = ((1.0, 2.0), (2.0, -1.0), (-1.0, 1.0), (3.0, 1.0))
TARGETS = (4.0, -2.0, 0.0, 6.0)

# What one step is made of, in order: name and number of values. The front end reads it.
PARTS = (
    ("inputs", 2),
    ("target", 1),
    ("weights_1", 4),
    ("bias_1", 2),
    ("weights_2", 2),
    ("bias_2", 1),
    ("sums", 2),
    ("hidden", 2),
    ("output", 1),
    ("loss", 1),
    ("output_gradient", 1),
    ("weights_2_gradient", 2),
    ("bias_2_gradient", 1),
    ("hidden_gradient", 2),
    ("sums_gradient", 2),
    ("weights_1_gradient", 4),
    ("bias_1_gradient", 2),
    ("new_weights_1", 4),
    ("new_bias_1", 2),
    ("new_weights_2", 2),
    ("new_bias_2", 1),
)

CHALLENGES = (
    Challenge(
        "slow_motion.sign",
        "Predict the sign of one gradient",
        "Answer before the blame arrives there.",
    ),
    Challenge(
        "slow_motion.three",
        "Predict three in a row",
        "A new question comes with every training step.",
    ),
    Challenge(
        "slow_motion.loss",
        "Bring the mean loss below 0.2",
        "Within the 24 steps; only the learning rate helps.",
    ),
)


class SlowMotion(Experiment):
    """Training steps of the lesson's small network, every number of which can be watched.

    Parameters
    ----------
    dense_forward, dense_backward, relu_forward, relu_backward : callable
        The learner's layer functions.
    **options
        Handed on to `Experiment`.
    """

    _esm = script("training_step")
    _css = style("training_step")

    def __init__(
        self,
        dense_forward: Callable[..., Any],
        dense_backward: Callable[..., Any],
        relu_forward: Callable[..., Any],
        relu_backward: Callable[..., Any],
        **options: Any,
    ) -> None:
        super().__init__(
            Learner(
                dense_forward=dense_forward,
                dense_backward=dense_backward,
                relu_forward=relu_forward,
                relu_backward=relu_backward,
            ),
            config={
                "steps": STEPS,
                "parts": [list(part) for part in PARTS],
                "examples": len(INPUTS),
                "goal": GOAL_LOSS,
                "rates": {"low": -3, "high": -1, "step": 0.05, "digits": 2},
            },
            settings={"learning_rate": 0.01},
            challenges=CHALLENGES,
            **options,
        )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Train, and return every number of every step, and the mean loss before each and after."""
        rows, losses = trained(functions, float(settings["learning_rate"]), STEPS)
        return Answer(arrays=(drawable(rows, FAR), drawable(losses, FAR)))

    def picture(self, answer: Answer) -> Any:
        """The numbers of the first training step in the network, beside the loss of all steps."""
        from lab.pictures.slow_motion import first_step

        rows, losses = answer.arrays
        return first_step(by_part(rows[0].astype(float)), losses.astype(float))


def by_part(row: Array) -> dict[str, Array]:
    """The numbers of one step under their names.

    Examples
    --------
    >>> by_part(np.arange(41.0))["target"].tolist()
    [2.0]
    """
    ends = np.cumsum([size for _, size in PARTS])
    pieces = np.split(row, ends[:-1])
    return {name: piece for (name, _), piece in zip(PARTS, pieces, strict=True)}


def trained(functions: Mapping[str, Any], learning_rate: float, steps: int) -> tuple[Array, Array]:
    """Return all numbers of all steps, one row a step, and the mean losses, shape (steps + 1,).

    Each step takes one example, in turn, and moves the weights against their gradients.

    Raises
    ------
    Unusable
        If a layer function returns something of another shape than expected.
    """
    dense_forward, dense_backward = functions["dense_forward"], functions["dense_backward"]
    relu_forward, relu_backward = functions["relu_forward"], functions["relu_backward"]
    weights_1, bias_1 = np.array(WEIGHTS_1), np.array(BIAS_1)
    weights_2, bias_2 = np.array(WEIGHTS_2), np.array(BIAS_2)
    table, answers = np.array(INPUTS), np.array(TARGETS)[:, None]
    rows, losses = [], []

    def forward(inputs: Array) -> tuple[Array, Array, Array]:
        n = len(inputs)
        sums = dense_forward(inputs.copy(), weights_1.copy(), bias_1.copy())
        told = "one row for each example"
        sums = shaped(sums, (n, 2), "dense_forward", told, (inputs, weights_1, bias_1))
        hidden = shaped(relu_forward(sums.copy()), (n, 2), "relu_forward", given=(sums,))
        output = dense_forward(hidden.copy(), weights_2.copy(), bias_2.copy())
        output = shaped(output, (n, 1), "dense_forward", told, (hidden, weights_2, bias_2))
        return sums, hidden, output

    for step in range(steps + 1):
        losses.append(float(np.mean((forward(table)[2] - answers) ** 2)))
        if step == steps:
            break
        k = step % len(table)
        inputs, target = table[k : k + 1], answers[k : k + 1]
        sums, hidden, output = forward(inputs)
        output_gradient = 2 * (output - target)
        hidden_gradient, weights_2_gradient, bias_2_gradient = three(
            dense_backward(output_gradient.copy(), hidden.copy(), weights_2.copy()),
            ((1, 2), (2, 1), (1,)),
            given=(output_gradient, hidden, weights_2),
        )
        sums_gradient = shaped(
            relu_backward(hidden_gradient.copy(), sums.copy()),
            (1, 2),
            "relu_backward",
            given=(hidden_gradient, sums),
        )
        _, weights_1_gradient, bias_1_gradient = three(
            dense_backward(sums_gradient.copy(), inputs.copy(), weights_1.copy()),
            ((1, 2), (2, 2), (2,)),
            given=(sums_gradient, inputs, weights_1),
        )
        values = {
            "inputs": inputs,
            "target": target,
            "weights_1": weights_1,
            "bias_1": bias_1,
            "weights_2": weights_2,
            "bias_2": bias_2,
            "sums": sums,
            "hidden": hidden,
            "output": output,
            "loss": (output - target) ** 2,
            "output_gradient": output_gradient,
            "weights_2_gradient": weights_2_gradient,
            "bias_2_gradient": bias_2_gradient,
            "hidden_gradient": hidden_gradient,
            "sums_gradient": sums_gradient,
            "weights_1_gradient": weights_1_gradient,
            "bias_1_gradient": bias_1_gradient,
        }
        weights_1 = weights_1 - learning_rate * weights_1_gradient
        bias_1 = bias_1 - learning_rate * bias_1_gradient
        weights_2 = weights_2 - learning_rate * weights_2_gradient
        bias_2 = bias_2 - learning_rate * bias_2_gradient
        values |= {
            "new_weights_1": weights_1,
            "new_bias_1": bias_1,
            "new_weights_2": weights_2,
            "new_bias_2": bias_2,
        }
        rows.append(np.concatenate([values[name].ravel() for name, _ in PARTS]))
    return np.array(rows), np.array(losses)


def three(
    value: Any, shapes: tuple[tuple[int, ...], ...], given: tuple[Array, ...] = ()
) -> list[Array]:
    """The three gradients that ``dense_backward`` returned, checked."""
    names = ("input_gradient", "weights_gradient", "bias_gradient")
    if value is None or not hasattr(value, "__len__") or len(value) != 3:
        came = "None" if value is None else f"a {type(value).__name__}"
        if hasattr(value, "__len__"):
            came += f" of length {len(value)}"
        raise Unusable(
            f"`dense_backward` returned {came}; expected the three gradients {', '.join(names)}."
        )
    return [
        shaped(part, shape, "dense_backward", f"`{name}`", given)
        for part, shape, name in zip(value, shapes, names, strict=True)
    ]


def slow_motion(
    dense_forward: Callable[..., Any],
    dense_backward: Callable[..., Any],
    relu_forward: Callable[..., Any],
    relu_backward: Callable[..., Any],
) -> SlowMotion:
    """Open the training step in slow motion on the learner's layer functions.

    Parameters
    ----------
    dense_forward, dense_backward, relu_forward, relu_backward : callable
        As written in ``course/training.py``; edits of the file show at once.

    Returns
    -------
    SlowMotion
        A widget; shown when it is the last line of a cell.
    """
    return SlowMotion(dense_forward, dense_backward, relu_forward, relu_backward)
