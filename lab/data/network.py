"""Small networks: one of dense layers made of the learner's functions, and one worked by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lab.data import Array

# The learner's functions that a `Network` is made of, in this order.
LAYERS = ("dense_forward", "dense_backward", "relu_forward", "relu_backward")
LAST_LAYER = 0.1  # of the size that He et al. propose for a layer before a ReLU


class Network:
    """A dense layer, a ReLU, a dense layer, a ReLU, … and a last dense layer without ReLU.

    What the last layer returns are numbers without bounds: predictions for a continuous number,
    logits for classes. The weights start as He et al. propose: normal with standard deviation
    √(2 / inputs of the layer), so that the outputs of a deep network neither fade nor explode.
    Those of the last layer, which no ReLU follows, are a tenth of that: the first outputs are
    close to 0, and the first loss of a classifier is close to that of guessing. Biases start at
    zero.

    Parameters
    ----------
    layers : sequence of int
        Number of inputs, of units in each hidden layer, and of outputs: ``(30, 16, 1)``.
    dense_forward, dense_backward, relu_forward, relu_backward : callable
        The four functions of ``course/training.py``.
    seed : int, default 0
        Seed of the first weights.

    References
    ----------
    He, Zhang, Ren & Sun (2015), Delving deep into rectifiers,
    https://doi.org/10.1109/ICCV.2015.123

    Examples
    --------
    >>> from solutions import training
    >>> network = Network(
    ...     (2, 2, 1),
    ...     training.dense_forward,
    ...     training.dense_backward,
    ...     training.relu_forward,
    ...     training.relu_backward,
    ... )
    >>> network.get_weights().size  # 2·2 weights + 2 biases, 2·1 weights + 1 bias
    9
    """

    def __init__(
        self,
        layers: Sequence[int],
        dense_forward: Callable[..., Any],
        dense_backward: Callable[..., Any],
        relu_forward: Callable[..., Any],
        relu_backward: Callable[..., Any],
        seed: int = 0,
    ) -> None:
        if len(layers) < 2 or min(layers) < 1:
            raise ValueError(f"layers is {layers!r}; expected at least two sizes of 1 or more")
        self.layers = tuple(int(size) for size in layers)
        self.dense_forward = dense_forward
        self.dense_backward = dense_backward
        self.relu_forward = relu_forward
        self.relu_backward = relu_backward
        generator = np.random.default_rng(seed)
        self.parameters: list[tuple[Array, Array]] = [
            (generator.normal(0.0, np.sqrt(2 / n_in), (n_in, n_out)), np.zeros(n_out))
            for n_in, n_out in pairwise(self.layers)
        ]
        self.parameters[-1][0][...] *= LAST_LAYER
        # What the last forward pass saw, one entry a layer: inputs, weights, outputs before ReLU.
        self._seen: list[tuple[Array, Array, Array]] = []

    def forward(self, inputs: ArrayLike) -> Array:
        """Outputs of the network, (n, outputs), for inputs (n, inputs).

        Keeps what `backward` needs: the inputs of each layer and what went into each ReLU.
        """
        values = np.asarray(inputs, dtype=float)
        self._seen = []
        for number, (weights, bias) in enumerate(self.parameters, start=1):
            sums = _expect(
                "dense_forward",
                self.dense_forward(values, weights, bias),
                (len(values), bias.size),
            )
            self._seen.append((values, weights, sums))
            values = sums
            if number < len(self.parameters):
                values = _expect("relu_forward", self.relu_forward(sums), sums.shape)
        return values

    def backward(self, output_gradient: ArrayLike) -> Array:
        """Gradient of the loss with respect to all weights, as one flat vector.

        Parameters
        ----------
        output_gradient : array of shape (n, outputs)
            Gradient of the loss with respect to the outputs of the last `forward`.

        Returns
        -------
        numpy.ndarray
            In the order of `get_weights`.
        """
        if not self._seen:
            raise RuntimeError("backward needs a forward pass first: call forward(inputs)")
        gradient = np.asarray(output_gradient, dtype=float)
        parts: list[Array] = []
        for number, (inputs, weights, sums) in reversed(list(enumerate(self._seen, start=1))):
            if number < len(self._seen):
                gradient = _expect("relu_backward", self.relu_backward(gradient, sums), sums.shape)
            returned = self.dense_backward(gradient, inputs, weights)
            gradient = _expect("dense_backward", returned[0], inputs.shape)
            weights_gradient = _expect("dense_backward", returned[1], weights.shape)
            bias_gradient = _expect("dense_backward", returned[2], weights.shape[1:])
            parts = [weights_gradient.ravel(), bias_gradient, *parts]
        return np.concatenate(parts)

    def get_weights(self) -> Array:
        """All weights and biases as one flat vector: a copy, first layer first.

        Each layer gives its weights row by row, then its bias.
        """
        return np.concatenate([part.ravel() for layer in self.parameters for part in layer])

    def set_weights(self, weights: ArrayLike) -> None:
        """Replace the weights by those of a flat vector in the order of `get_weights`."""
        flat = np.array(weights, dtype=float)
        expected = sum((n_in + 1) * n_out for n_in, n_out in pairwise(self.layers))
        if flat.shape != (expected,):
            raise ValueError(f"weights has shape {flat.shape}; expected ({expected},)")
        parameters = []
        for n_in, n_out in pairwise(self.layers):
            matrix, bias, flat = np.split(flat, [n_in * n_out, (n_in + 1) * n_out])
            parameters.append((matrix.reshape(n_in, n_out), bias))
        self.parameters = parameters


def _expect(function: str, value: ArrayLike, shape: tuple[int, ...]) -> Array:
    """Result of a learner's function as an array, if it has the shape that the network needs."""
    array = np.asarray(value, dtype=float)
    if array.shape != shape:
        raise ValueError(f"{function} returned shape {array.shape}; the network needs {shape}")
    return array


# The examples on which the 2-2-1 network of lesson 5 trains.
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

    @property
    def bias_1_gradient(self) -> Array:
        """Slopes with respect to the first layer's biases."""
        return self.sums_gradient

    @property
    def bias_2_gradient(self) -> float:
        """Slope with respect to the second layer's bias."""
        return self.output_gradient


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
