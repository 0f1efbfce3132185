"""Exact trajectories of the optimizers, without stepping: oracles for lesson 4.

The memory of an optimizer is a weighted sum over all earlier gradients. So a whole trajectory is
one product with a triangular matrix of powers, computed here in extended precision. The rules are
those of `torch.optim`: SGD, with and without momentum, RMSprop, Adam and AdamW.
"""

from functools import lru_cache

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
    mean, square = _weighted_means(beta1, exact), _weighted_means(beta2, exact**2)
    return _along(start, learning_rate * mean / (np.sqrt(square) + epsilon))


def adamw(
    start: ArrayLike,
    gradients: Array,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    weight_decay: float = 0.01,
) -> Exact:
    """The start, and the weights after each step of AdamW: what decays is all that came before.

    Adam's steps are the differences of its path from anywhere.
    """
    path = adam(np.zeros_like(start), gradients, learning_rate, beta1, beta2, epsilon)
    kept = 1 - np.longdouble(learning_rate) * weight_decay
    first = np.asarray(start, dtype=np.longdouble)[np.newaxis]
    return _weighted_sums(kept, np.concatenate([first, np.diff(path, axis=0)]))


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


def _weighted_sums(share: float | np.longdouble, terms: Exact) -> Exact:
    """Row k: the sum over all j ≤ k of share ** (k − j) times row j of the terms."""
    weights = _weights(share, 64 * (1 + len(terms) // 64))
    return np.tensordot(weights[: len(terms), : len(terms)], terms, axes=1)


def _weighted_means(share: float, terms: Exact) -> Exact:
    """The same, divided by the sum of the weights."""
    totals = np.cumsum(np.longdouble(share) ** np.arange(len(terms)))
    return _weighted_sums(share, terms) / totals.reshape(-1, *(1 for _ in terms.shape[1:]))


@lru_cache(maxsize=8)
def _weights(share: float | np.longdouble, count: int) -> Exact:
    numbers = np.arange(count)
    age = np.subtract.outer(numbers, numbers)
    powers = np.longdouble(share) ** numbers
    return np.where(age >= 0, powers[age], np.longdouble(0))


def _along(start: ArrayLike, steps: NDArray[np.floating]) -> Exact:
    first = np.asarray(start, dtype=np.longdouble)[np.newaxis]
    return np.concatenate([first, first - np.cumsum(steps, axis=0, dtype=np.longdouble)])
