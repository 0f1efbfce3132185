"""Bowls of known curvature, and what a long descent on them does: oracles for lessons 2 and 3."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from autograder.checking.expectations import Array


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
    2⁻ⁿ, and the limit is reached to ln √d / 2⁴⁰: the result is right to some 1e-12.
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
