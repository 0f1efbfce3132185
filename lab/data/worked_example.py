"""The 2-2-1 network that lesson 5 works by hand, and the examples that it trains on."""

from dataclasses import dataclass

import numpy as np

from lab.data import Array

INPUTS = np.array([[1.0, 2.0], [2.0, -1.0], [-1.0, 1.0], [3.0, 1.0]])
TARGETS = np.array([4.0, -2.0, 0.0, 6.0])


@dataclass(frozen=True)
class SmallNetwork:
    """The 2-2-1 network of the lesson, worked for one example: forward, loss and backward."""

    inputs: Array
    target: float
    weights_1: Array
    bias_1: Array
    weights_2: Array
    bias_2: Array

    @property
    def sums(self) -> Array:
        """What goes into the two ReLUs."""
        return np.asarray(self.inputs @ self.weights_1 + self.bias_1)

    @property
    def hidden(self) -> Array:
        """What comes out of the two ReLUs."""
        return np.maximum(self.sums, 0)

    @property
    def output(self) -> float:
        """The prediction."""
        return float(self.hidden @ self.weights_2 + self.bias_2)

    @property
    def loss(self) -> float:
        """Squared error."""
        return (self.output - self.target) ** 2

    @property
    def output_gradient(self) -> float:
        """Slope of the loss with respect to the output."""
        return 2 * (self.output - self.target)

    @property
    def hidden_gradient(self) -> Array:
        """Slopes with respect to what comes out of the ReLUs."""
        return self.output_gradient * self.weights_2

    @property
    def sums_gradient(self) -> Array:
        """Slopes with respect to what goes into the ReLUs."""
        return np.where(self.sums > 0, self.hidden_gradient, 0.0)

    @property
    def weights_1_gradient(self) -> Array:
        """Slopes with respect to the first layer's weights."""
        return np.outer(self.inputs, self.sums_gradient)

    @property
    def weights_2_gradient(self) -> Array:
        """Slopes with respect to the second layer's weights."""
        return self.output_gradient * self.hidden


def small_network() -> SmallNetwork:
    """The network with its first example, as the lesson begins."""
    return SmallNetwork(
        inputs=INPUTS[0],
        target=float(TARGETS[0]),
        weights_1=np.array([[1.0, 1.0], [1.0, -2.0]]),
        bias_1=np.array([0.0, 1.0]),
        weights_2=np.array([2.0, -1.0]),
        bias_2=np.array(-1.0),
    )
