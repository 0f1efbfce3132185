"""The training step in slow motion: a 2-2-1 network made of the learner's layer functions."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lab.data import Array
from lab.data.network import INPUTS, LAYERS, TARGETS, small_network
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, Unusable, drawable
from lab.widget.noting_copy import Watched
from lab.widget.returned_values import shaped

Functions = Mapping[str, Any]

STEPS = 24
GOAL_LOSS = 0.2
FAR = 1e6  # the largest number that is shown

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


class SlowMotion(Experiment, folder="training_step"):
    """Training steps of the lesson's small network, every number of which can be watched."""

    FUNCTIONS = LAYERS
    CONFIG = {
        "steps": STEPS,
        "parts": [list(part) for part in PARTS],
        "examples": len(INPUTS),
        "goal": GOAL_LOSS,
        "rates": {"low": -3, "high": -1, "step": 0.05, "digits": 2},
    }
    SETTINGS = {"learning_rate": 0.01}
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
    PREDICTION = Prediction(
        "slow_motion.sign",
        "The gradient of the weight from the upper unit to the output, marked “?”, will be …",
        options=(("negative", "− negative"), ("zero", "0 zero"), ("positive", "+ positive")),
        shows_run=True,
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Train, and return every number of every step, and the mean loss before each and after."""
        watched = {name: Watched(function) for name, function in functions.items()}
        copies = {name: copy.function for name, copy in watched.items()}
        rows, losses = trained(copies, float(settings["learning_rate"]), STEPS)
        code = {name: copy.code() for name, copy in watched.items()}
        return Answer((drawable(rows, FAR), drawable(losses, FAR)), aside={"code": code})

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


def trained(functions: Functions, learning_rate: float, steps: int) -> tuple[Array, Array]:
    """Return all numbers of all steps, one row a step, and the mean losses, shape (steps + 1,).

    Each step takes one example, in turn, and moves the weights against their gradients.

    Raises
    ------
    Unusable
        If a layer function returns something of another shape than expected.
    """
    net = small_network()
    weights = {
        "weights_1": net.weights_1,
        "bias_1": net.bias_1,
        "weights_2": net.weights_2.reshape(2, 1),
        "bias_2": net.bias_2.reshape(1),
    }
    answers = TARGETS[:, None]
    rows, losses = [], []
    for step in range(steps + 1):
        outputs = _forward(functions, weights | {"inputs": INPUTS})["output"]
        losses.append(float(np.mean((outputs - answers) ** 2)))
        if step == steps:
            break
        example = slice(step % len(INPUTS), step % len(INPUTS) + 1)
        values = weights | {"inputs": INPUTS[example], "target": answers[example]}
        values |= _forward(functions, values)
        values["loss"] = (values["output"] - values["target"]) ** 2
        values |= _backward(functions, values)
        weights = {
            name: array - learning_rate * values[f"{name}_gradient"]
            for name, array in weights.items()
        }
        values |= {f"new_{name}": array for name, array in weights.items()}
        rows.append(np.concatenate([values[name].ravel() for name, _ in PARTS]))
    return np.array(rows), np.array(losses)


def _forward(functions: Functions, values: Mapping[str, Array]) -> dict[str, Array]:
    """Sums, hidden units and output for one example or several."""
    n = len(values["inputs"])

    def dense(inputs: Array, number: int, outputs: int) -> Array:
        given = (inputs, values[f"weights_{number}"], values[f"bias_{number}"])
        returned = functions["dense_forward"](*(array.copy() for array in given))
        return shaped(returned, (n, outputs), "dense_forward", "one row for each example", given)

    sums = dense(values["inputs"], 1, 2)
    returned = functions["relu_forward"](sums.copy())
    hidden = shaped(returned, (n, 2), "relu_forward", given=(sums,))
    return {"sums": sums, "hidden": hidden, "output": dense(hidden, 2, 1)}


def _backward(functions: Functions, values: Mapping[str, Array]) -> dict[str, Array]:
    """The gradients of the squared error of one example, from the output to the first layer."""

    def dense(gradient: Array, inputs: Array, weights: Array) -> list[Array]:
        given = (gradient, inputs, weights)
        returned = functions["dense_backward"](*(array.copy() for array in given))
        return three(returned, (inputs.shape, weights.shape, weights.shape[1:]), given)

    output_gradient = 2 * (values["output"] - values["target"])
    hidden_gradient, *second = dense(output_gradient, values["hidden"], values["weights_2"])
    given = (hidden_gradient, values["sums"])
    returned = functions["relu_backward"](*(array.copy() for array in given))
    sums_gradient = shaped(returned, (1, 2), "relu_backward", given=given)
    _, *first = dense(sums_gradient, values["inputs"], values["weights_1"])
    return {
        "output_gradient": output_gradient,
        "hidden_gradient": hidden_gradient,
        "sums_gradient": sums_gradient,
        **dict(zip(("weights_2_gradient", "bias_2_gradient"), second, strict=True)),
        **dict(zip(("weights_1_gradient", "bias_1_gradient"), first, strict=True)),
    }


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
    """
    return SlowMotion(dense_forward, dense_backward, relu_forward, relu_backward)
