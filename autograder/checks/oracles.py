"""Independent ways to the right answer: slopes by finite differences, bowls of known curvature."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Exact = NDArray[np.longdouble]


def exact(values: ArrayLike) -> Exact:
    """Return numbers in the highest precision that NumPy has here."""
    return np.asarray(values, dtype=np.longdouble)


def slopes(loss: Callable[[Exact], Any], at: ArrayLike, step: float = 1e-5) -> Exact:
    """Return the gradient of a loss by central differences in extended precision.

    The error is of the order step² (1e-10) and of rounding over step (1e-14, or 1e-11 where
    NumPy has no more than double precision): both are far below the tolerances of the contract.
    For a quadratic loss there is no error but rounding, whatever the step.
    """
    point = exact(at)
    gradient = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        nudge = np.zeros_like(point)
        nudge[index] = step
        gradient[index] = (loss(point + nudge) - loss(point - nudge)) / (2 * exact(step))
    return gradient


def log_sum_exp(logits: Exact) -> Exact:
    """Return ln Σ exp along the last axis."""
    top = logits.max(axis=-1, keepdims=True)
    total: Exact = np.log(np.exp(logits - top).sum(axis=-1)) + top[..., 0]
    return total


def one_hot(labels: ArrayLike, classes: int) -> Array:
    """Return one row for each label, 1 at its class and 0 elsewhere."""
    rows: Array = np.eye(classes)[np.asarray(labels)]
    return rows


@dataclass(frozen=True)
class Bowl:
    """A quadratic loss ½ wᵀ H w whose curvatures are known because it was built from them.

    Attributes
    ----------
    hessian : numpy.ndarray, shape (d, d)
        Symmetric and positive definite.
    curvatures : numpy.ndarray, shape (d,)
        Its eigenvalues, the smallest first.
    axes : numpy.ndarray, shape (d, d)
        Its eigenvectors, as columns in the same order.
    """

    hessian: Array
    curvatures: Array
    axes: Array


def bowl(random: np.random.Generator, curvatures: ArrayLike) -> Bowl:
    """Return a bowl of given curvatures in a random position."""
    ordered = np.sort(np.asarray(curvatures, dtype=float))
    axes, _ = np.linalg.qr(random.normal(size=(ordered.size, ordered.size)))
    hessian = (axes * ordered) @ axes.T
    return Bowl((hessian + hessian.T) / 2, ordered, axes)


def long_run_factor(hessian: ArrayLike, learning_rate: float) -> float:
    """Return the factor by which a step shrinks or grows the error of a long descent on a bowl.

    One step multiplies the error by M = I − learning_rate · H. Squaring M again and again shows
    what 2⁴⁰ steps do, and Gelfand's formula turns that into one step: the limit of ‖Mᵏ‖ to the
    power 1/k. No eigenvalue is computed. What each squaring rounds off enters with the weight
    2⁻ⁿ, so that the result is right to some 1e-15.
    """
    hessian = np.asarray(hessian, dtype=float)
    moved = np.eye(len(hessian)) - learning_rate * hessian
    logarithm = 0.0
    for doublings in range(40):
        size = float(np.linalg.norm(moved))
        if size == 0:
            return 0.0
        logarithm += np.log(size) / 2.0**doublings
        moved = moved / size @ (moved / size)
    return float(np.exp(logarithm))
