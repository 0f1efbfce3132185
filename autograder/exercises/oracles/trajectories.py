"""Exact trajectories of the optimizers, without stepping: oracles for lesson 4.

The memory of an optimizer is a weighted sum over all earlier gradients. So a whole trajectory is
one product with a triangular matrix of powers, computed here in extended precision. The rules are
those of `torch.optim`: SGD, with and without momentum, RMSprop and Adam.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.checking.expectations import Array
from autograder.exercises.oracles.slopes import Exact


def sgd(start: ArrayLike, gradients: Array, learning_rate: float) -> Exact:
    """The start, and the weights after each step of plain descent."""
    return _along(start, np.longdouble(learning_rate) * gradients)


def momentum(
    start: ArrayLike, gradients: Array, learning_rate: float, momentum: float = 0.9
) -> Exact:
    """The start, and the weights after each step along the velocity."""
    velocities = _weighted_sums(momentum, gradients.astype(np.longdouble))
    return _along(start, learning_rate * velocities)


def rmsprop(
    start: ArrayLike,
    gradients: Array,
    learning_rate: float = 0.01,
    decay: float = 0.99,
    epsilon: float = 1e-8,
) -> Exact:
    """The start, and the weights after each step divided by the gradient's recent size."""
    squares = _weighted_sums(decay, gradients.astype(np.longdouble) ** 2)
    sizes = np.sqrt((1 - np.longdouble(decay)) * squares)
    return _along(start, learning_rate * gradients / (sizes + epsilon))


def adam(
    start: ArrayLike,
    gradients: Array,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> Exact:
    """The start, and the weights after each step of Adam.

    A mean corrected for its start from zeros is the weighted mean whose weights sum to 1, so the
    sum of the powers takes the place of 1 − beta ** t.
    """
    exact = gradients.astype(np.longdouble)
    mean = _weighted_sums(beta1, exact) / _weighted_sums(beta1, np.ones_like(exact))
    square = _weighted_sums(beta2, exact**2) / _weighted_sums(beta2, np.ones_like(exact))
    return _along(start, learning_rate * mean / (np.sqrt(square) + epsilon))


def changing_gradients(
    random: np.random.Generator, steps: int, shape: tuple[int, ...] = ()
) -> Array:
    """Gradients between 10⁻³ and 10³ in size, with a pause of zeros; one weight never gets any."""
    phase = random.uniform(0.0, 2 * np.pi)
    sizes = 10.0 ** (3 * np.sin(np.linspace(phase, phase + 9.0, steps)))
    gradients = random.normal(0.0, 1.0, (steps, *shape)) * sizes.reshape(steps, *(1 for _ in shape))
    pause = int(random.integers(steps // 4, steps // 2))
    gradients[pause : pause + 5] = 0.0
    if shape:
        gradients.reshape(steps, -1)[:, 0] = 0.0
    return gradients


def _weighted_sums(share: float, terms: Exact) -> Exact:
    """Row k: the sum over all j ≤ k of share ** (k − j) times row j of the terms."""
    numbers = np.arange(len(terms))
    age = np.subtract.outer(numbers, numbers)
    powers = np.longdouble(share) ** numbers
    weights = np.where(age >= 0, powers[age], np.longdouble(0))
    return np.tensordot(weights, terms, axes=1)


def _along(start: ArrayLike, steps: NDArray[np.floating]) -> Exact:
    first = np.asarray(start, dtype=np.longdouble)[np.newaxis]
    return np.concatenate([first, first - np.cumsum(steps, axis=0, dtype=np.longdouble)])
