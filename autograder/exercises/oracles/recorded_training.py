"""A network, a loss and an optimizer that note each call: for the order of a training step."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autograder.checking.expectations import Array, Unmet, expect
from autograder.exercises.oracles.slopes import Exact
from autograder.sandbox.session import (
    Constant,
    Formula,
    Namespace,
    Shared,
    Symbol,
    traced,
    with_formula,
)

CALLS = ("forward", "loss", "loss_gradient", "backward", "update", "set_weights")
ORDERS = (CALLS, ("forward", "loss_gradient", "loss", "backward", "update", "set_weights"))


@dataclass
class RecordedTraining:
    """A linear network with the mean squared error and descent with momentum.

    Attributes
    ----------
    weights : ndarray
        The weights of the network; its outputs are inputs @ weights.
    learning_rate, momentum : float
        The settings of the optimizer.
    calls : list
        Name and arguments of each call so far.
    """

    weights: Array
    learning_rate: float
    momentum: float = 0.0
    calls: list[tuple[str, tuple[Array, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._inputs = np.zeros((0, self.weights.size))
        self._outputs = np.zeros(0)
        self._velocity = np.zeros(self.weights.size)
        known = {
            name: with_formula(formula, getattr(self, name))
            for name, formula in self._formulas().items()
        }
        self.optimizer = Namespace(update=known.pop("update"))
        vars(self).update({name: known.pop(name) for name in ("loss", "loss_gradient")})
        self.network = Namespace(**known)

    def _formulas(self) -> dict[str, Formula]:
        """What the learner's side may answer: the same as the functions below."""
        size, rate, momentum = self.weights.size, self.learning_rate, self.momentum
        own = Shared(weights=self.weights, inputs=self._inputs, velocity=self._velocity)

        def forward(own: Any, inputs: Any) -> Any:
            own["inputs"] = np.copy(inputs)
            return inputs @ own["weights"]

        def set_weights(own: Any, weights: Any) -> None:
            own["weights"] = np.copy(weights)

        def update(own: Any, weights: Any, gradient: Any) -> Any:
            own["velocity"] = momentum * own["velocity"] + gradient
            return weights - rate * own["velocity"]

        def loss(outputs: Any, targets: Any) -> Any:
            return Symbol("float", np.mean((outputs - targets) ** 2))

        def loss_gradient(outputs: Any, targets: Any) -> Any:
            return 2 * (outputs - targets) / np.size(targets)

        rows = (-1,)
        return {
            "forward": traced(forward, own, inputs=(-1, size)),
            "backward": traced(
                lambda own, gradient: np.transpose(own["inputs"]) @ gradient,
                own,
                output_gradient=rows,
            ),
            "get_weights": traced(lambda own: np.copy(own["weights"]), own),
            "set_weights": traced(set_weights, own, weights=(size,)),
            "update": traced(update, own, weights=(size,), gradient=(size,)),
            "loss": traced(loss, outputs=rows, targets=rows),
            "loss_gradient": traced(loss_gradient, outputs=rows, targets=rows),
        }

    def forward(self, inputs: Any) -> Array:
        """Outputs of the network."""
        (self._inputs,) = self._note("forward", inputs)
        _expect_part("inputs", self._inputs, (*self._inputs.shape[:1], self.weights.size))
        self._outputs = np.asarray(self._inputs @ self.weights)
        return self._outputs.copy()

    def backward(self, output_gradient: Any) -> Array:
        """Gradient of all weights, at the inputs of the last forward pass."""
        (gradient,) = self._note("backward", output_gradient)
        _expect_part("output gradients", gradient, self._outputs.shape)
        return np.asarray(self._inputs.T @ gradient)

    def get_weights(self) -> Array:
        """A copy of all weights."""
        self._note("get_weights")
        return self.weights.copy()

    def set_weights(self, weights: Any) -> None:
        """Put new weights in place."""
        (weights,) = self._note("set_weights", weights)
        _expect_part("weights", weights, self.weights.shape)
        self.weights = weights

    def update(self, weights: Any, gradient: Any) -> Array:
        """New weights after one step of descent with momentum."""
        weights, gradient = self._note("update", weights, gradient)
        _expect_part("weights", weights, self.weights.shape)
        _expect_part("gradients", gradient, self.weights.shape)
        self._velocity = self.momentum * self._velocity + gradient
        return np.asarray(weights - self.learning_rate * self._velocity)

    def loss(self, outputs: Any, targets: Any) -> float:
        """Mean squared error."""
        outputs, targets = self._note("loss", outputs, targets)
        _expect_part("outputs", outputs, self._outputs.shape)
        _expect_part("targets", targets, self._outputs.shape)
        return float(np.mean((outputs - targets) ** 2))

    def loss_gradient(self, outputs: Any, targets: Any) -> Array:
        """Gradient of the mean squared error with respect to the outputs."""
        outputs, targets = self._note("loss_gradient", outputs, targets)
        _expect_part("outputs", outputs, self._outputs.shape)
        _expect_part("targets", targets, self._outputs.shape)
        return np.asarray(2 * (outputs - targets) / len(targets))

    def given_to(self, name: str) -> tuple[Array, ...]:
        """The arguments of the first call of that name."""
        for called, arguments in self.calls:
            if called == name:
                return arguments
        raise Unmet(f"{name} is never called")

    def steps(self) -> list[list[tuple[str, tuple[Array, ...]]]]:
        """The calls of each training step, having expected that each is whole and in order."""
        counted = [call for call in self.calls if call[0] != "get_weights"]
        steps = [
            counted[first : first + len(CALLS)] for first in range(0, len(counted), len(CALLS))
        ]
        for step in steps:
            names = tuple(name for name, _ in step)
            expect(
                names in ORDERS,
                f"a step calls {', '.join(names)}",
                advice=f"Expected {', '.join(CALLS)}, each once and in this order.",
            )
        expect_weights_asked_before_update([name for name, _ in self.calls])
        return steps

    def batches(self) -> list[tuple[Array, Array]]:
        """Inputs and targets of each training step."""
        return [
            (step[0][1][0], next(arguments[1] for name, arguments in step if name == "loss"))
            for step in self.steps()
        ]

    def _note(self, name: str, *arguments: Any) -> tuple[Array, ...]:
        copies = tuple(np.array(argument, dtype=float) for argument in arguments)
        self.calls.append((name, copies))
        return copies


class StillTraining(RecordedTraining):
    """A training that moves nothing: for the order in which the examples are taken."""

    def _formulas(self) -> dict[str, Formula]:
        weights = self.weights.copy()
        return {
            "forward": Constant(1.0, "inputs", axes=1),
            "backward": Constant(0.0 * weights, "output_gradient"),
            "get_weights": Constant(weights),
            "set_weights": Constant(None, "weights"),
            "update": Constant(weights, "weights", "gradient"),
            "loss": Constant(1.0, "outputs", "targets"),
            "loss_gradient": Constant(0.0, "outputs", "targets", axes=1),
        }


def _expect_part(name: str, got: Array, shape: tuple[int, ...]) -> None:
    if got.shape != shape:
        raise Unmet(f"{name} of shape {got.shape} are handed on, expected shape {shape}")


def expect_weights_asked_before_update(names: list[str]) -> None:
    """Expect that the weights are asked for in each step before they are updated, not after."""
    asked = False
    for name in names:
        if name == "update":
            expect(asked, "update is called before get_weights")
        if name == "set_weights":
            asked = False
        elif name == "get_weights":
            asked = True


def exact_losses(
    weights: ArrayLike,
    batches: list[tuple[Array, Array]],
    learning_rate: float,
    momentum: float,
) -> Exact:
    """The loss of each batch before its step, in extended precision.

    The velocity is unrolled: after k steps the weights have moved by the learning rate times the
    sum of (1 + momentum + … + momentum ** (k − j)) times gradient j.
    """
    first: Exact = np.asarray(weights, dtype=np.longdouble)
    gradients: list[Exact] = []
    losses = []
    for number, (inputs, targets) in enumerate(batches):
        shares = [
            sum(np.longdouble(momentum) ** power for power in range(number - j))
            for j in range(number)
        ]
        moved = sum(
            (share * gradient for share, gradient in zip(shares, gradients, strict=True)), 0 * first
        )
        here = first - learning_rate * moved
        misses: Exact = inputs.astype(np.longdouble) @ here - targets
        losses.append(np.mean(misses**2))
        gradient = 2 * (inputs.T.astype(np.longdouble) @ misses) / len(targets)
        gradients.append(np.asarray(gradient, dtype=np.longdouble))
    return np.array(losses)
