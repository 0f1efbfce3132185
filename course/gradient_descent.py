# To begin again: `descent reset gradient_descent` [fc3fa7cb7529]
"""Gradient descent: walk downhill on a loss, step by step.

These are the functions of lesson 2. Each docstring is the whole
assignment: what goes in, what comes out, and an example. Write the
bodies, save, and run the check cell of the exercise.

Agreements for the whole file:

- ``array_like`` is an array, a list (of lists) or a plain number, of
  floats or ints. A first line such as
  ``weights = np.asarray(weights, dtype=float)`` makes any of them a
  float64 array; ``np.array(weights, dtype=float)`` is also a copy
  that you may change. Where an array is promised for a plain number,
  NumPy's scalar will do.
- No function changes its arguments: what it returns is new.
- ``loss`` and ``gradient`` may be functions that you are given: call
  them with the weights, a float64 array of their shape. A loss is a
  float, a gradient has the shape of the weights.
"""

import numpy as np

__all__ = [
    "numerical_gradient",
    "gradient_step",
    "gradient_descent",
    "descend_until_flat",
    "linear_regression_gradient",
]


def numerical_gradient(loss, weights, step=1e-5):
    """Return the gradient of a loss, estimated by central differences.

    For each single weight w, all others held still::

        (loss at w + step  -  loss at w - step) / (2 * step)

    The loss is called there and nowhere else: twice for each weight.

    Parameters
    ----------
    loss : callable
    weights : array_like of float, any shape
        ``np.ndindex(weights.shape)`` runs over all positions.
    step : float, optional

    Returns
    -------
    numpy.ndarray of float, the shape of weights

    Examples
    --------
    >>> loss = lambda w: w[0] ** 2 + 3 * w[1]
    >>> numerical_gradient(loss, [2, 5]).round(6)
    array([4., 3.])
    """
    raise NotImplementedError("numerical_gradient: not written yet")


def gradient_step(weights, gradient, learning_rate):
    """Return the weights after one step downhill.

    The step goes against the gradient, and is longer where the slope
    is steeper::

        new weights = weights - learning_rate * gradient

    Parameters
    ----------
    weights : array_like of float, any shape
    gradient : array_like of float, the same shape
        The gradient at ``weights``: an array here, not a function.
    learning_rate : float

    Returns
    -------
    numpy.ndarray of float, the shape of weights
        A new array: ``weights -= ...`` would change the caller's.

    Examples
    --------
    >>> gradient_step([3.0, 1.0], [2.0, -4.0], learning_rate=0.25)
    array([2.5, 2. ])
    """
    raise NotImplementedError("gradient_step: not written yet")


def gradient_descent(gradient, start, learning_rate, steps):
    """Return the whole path of a descent with a fixed number of steps.

    The start comes first, then one point for each step::

        path[0] = start
        path[k + 1] = path[k] - learning_rate * gradient(path[k])

    Parameters
    ----------
    gradient : callable
        Called exactly ``steps`` times: not at the last point.
    start : array_like of float, any shape
    learning_rate : float
    steps : int

    Returns
    -------
    numpy.ndarray of float, shape (steps + 1, *start.shape)

    Examples
    --------
    >>> gradient_descent(lambda w: 2 * w, [8.0], 0.25, steps=1)
    array([[8.],
           [4.]])
    """
    raise NotImplementedError("gradient_descent: not written yet")


def descend_until_flat(
    gradient, start, learning_rate, tolerance=1e-6, max_steps=10_000
):
    """Return where a descent comes to flat ground, and after how long.

    At each point look at the gradient. If an element is nan or
    infinite, raise ArithmeticError. If its length, the root of the sum
    of all squared elements, is at most ``tolerance``, stop there. Else
    take one step. After ``max_steps`` steps, 0 or more, give up.

    Parameters
    ----------
    gradient : callable
    start : array_like of float, any shape
    learning_rate : float
    tolerance : float, optional
    max_steps : int, optional

    Returns
    -------
    weights : numpy.ndarray of float, the shape of start, a new array
    steps_taken : int

    Examples
    --------
    >>> descend_until_flat(lambda w: w, [8.0], 0.5, tolerance=1.0)
    (array([1.]), 3)
    """
    raise NotImplementedError("descend_until_flat: not written yet")


def linear_regression_gradient(weights, features, targets):
    """Return the gradient of a linear model's mean squared error.

    The model predicts ``features @ weights``, without a constant, and
    its loss is ``mean((features @ weights - targets)²)``. Each element
    says how fast that loss grows when that one weight grows.

    - It is all 0 where every prediction is right.
    - Each example adds its error, times its value of the feature.
    - The loss behind it is a mean over the n rows.

    Parameters
    ----------
    weights : array_like of float, shape (d,)
    features : array_like of float, shape (n, d)
    targets : array_like of float, shape (n,)

    Returns
    -------
    numpy.ndarray of float, shape (d,)

    Examples
    --------
    >>> linear_regression_gradient([0.0], [[1.0], [2.0]], [1.0, 2.0])
    array([-5.])
    """
    raise NotImplementedError(
        "linear_regression_gradient: not written yet"
    )
