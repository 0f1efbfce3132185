# Made from solutions/gradient_descent.py by `descent make` [596629e868df]
"""Gradient descent: walk downhill on a loss, step by step.

These are the functions of lesson 2. Each docstring is the whole assignment: what goes in, the
formula, what comes out, and examples to try. Write the bodies, save, and run the check cell of
the exercise.

Three agreements hold in the whole file:

- ``array_like`` means an array, a list (of lists) or a plain number, of floats or ints. A first
  line such as ``weights = np.asarray(weights, dtype=float)`` makes any of them a float64 array;
  ``np.array(weights, dtype=float)`` also makes a copy that you may change. Where an array is
  promised for a plain number, NumPy's scalar will do.
- No function changes its arguments: what it returns is new.
- ``loss`` and ``gradient`` may be functions that you are given: call them with the weights, a
  float64 array, and they return a float or an array.
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
    """Return the gradient of a loss at weights, felt out by central differences.

    For each single weight w, all others held still::

        gradient of w = (loss at w + step  -  loss at w - step) / (2 * step)

    Parameters
    ----------
    loss : callable
        ``loss(weights)`` takes a float64 array of the shape of ``weights`` and returns a float.
    weights : array_like of float, any shape
        Where to feel the slope. It is not changed.
    step : float, optional
        How far to move each weight to either side, greater than 0.

    Returns
    -------
    numpy.ndarray of float, the shape of weights
        The gradient: element by element, how fast the loss grows with that weight.

    Notes
    -----
    The loss is called twice for each weight, ``2 * size`` times in all, at points that differ
    from ``weights`` in one element only, and nowhere else. ``np.ndindex(weights.shape)`` runs
    over the positions of an array of any shape. Turn integers into floats first: an integer
    array would round the small step away.

    The error of the formula falls with step², that of rounding grows with 1/step: near 1e-5 the
    two are about equal.

    References
    ----------
    .. [1] J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., Springer, 2006,
       section 8.1, eq. 8.7, https://doi.org/10.1007/978-0-387-40065-5.

    Examples
    --------
    The slope of w₀² + 3 w₁ at (2, 5) is (4, 3):

    >>> numerical_gradient(lambda w: w[0] ** 2 + 3 * w[1], [2, 5]).round(6)
    array([4., 3.])
    >>> numerical_gradient(lambda w: np.sum(w**2), [[0.0]]).round(6)
    array([[0.]])
    """
    raise NotImplementedError("numerical_gradient: not written yet")


def gradient_step(weights, gradient, learning_rate):
    """Return the weights after one step downhill.

    The step goes against the gradient, and is longer where the slope is steeper::

        new weights = weights - learning_rate * gradient

    Parameters
    ----------
    weights : array_like of float, any shape
        Where we stand.
    gradient : array_like of float, the same shape
        The gradient of the loss at ``weights``: an array here, not a function.
    learning_rate : float
        The factor that turns slope into length, greater than or equal to 0.

    Returns
    -------
    numpy.ndarray of float, the shape of weights
        The new weights. They share no memory with ``weights`` or ``gradient``, which stay as
        they were: ``weights -= ...`` would change the caller's array.

    References
    ----------
    .. [1] A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées",
       *Comptes rendus de l'Académie des sciences* 25, 1847, pp. 536-538.

    Examples
    --------
    >>> gradient_step([3.0, 1.0], [2.0, -4.0], learning_rate=0.25)
    array([2.5, 2. ])
    >>> gradient_step([3, 1], [0, 0], learning_rate=0.25)
    array([3., 1.])
    """
    raise NotImplementedError("gradient_step: not written yet")


def gradient_descent(gradient, start, learning_rate, steps):
    """Return the whole path of a descent with a fixed number of steps.

    ::

        path[0] = start
        path[k + 1] = path[k] - learning_rate * gradient(path[k])

    Parameters
    ----------
    gradient : callable
        ``gradient(weights)`` takes a float64 array of the shape of ``start`` and returns the
        gradient of the loss there, of the same shape.
    start : array_like of float, any shape
        Where the descent starts. It is not changed.
    learning_rate : float
        The factor of every step, greater than or equal to 0.
    steps : int
        How many steps to take, 0 or more.

    Returns
    -------
    numpy.ndarray of float, shape (steps + 1, *start.shape)
        All points visited, the start first and the end last. For a start of shape (2,) and 10
        steps the shape is (11, 2).

    Notes
    -----
    ``gradient`` is called exactly ``steps`` times: not at the last point, where no step follows.
    A learning rate that is too high makes the path run away to infinity; NumPy may warn, and
    that is fine.

    References
    ----------
    .. [1] Y. Nesterov, *Introductory Lectures on Convex Optimization*, Springer, 2004, section
       1.2.3, https://doi.org/10.1007/978-1-4419-8853-9.

    Examples
    --------
    The parabola w² has the gradient 2 w; a rate of 0.25 halves w at each step:

    >>> gradient_descent(lambda w: 2 * w, start=[8.0], learning_rate=0.25, steps=3)
    array([[8.],
           [4.],
           [2.],
           [1.]])
    >>> gradient_descent(lambda w: 2 * w, start=[8.0, 6.0], learning_rate=0.25, steps=0)
    array([[8., 6.]])
    """
    raise NotImplementedError("gradient_descent: not written yet")


def descend_until_flat(gradient, start, learning_rate, tolerance=1e-6, max_steps=10_000):
    """Return where a descent comes to flat ground, and how many steps it took.

    At each point: look at the gradient there; stop if its length is at most ``tolerance``; else
    take one step. The length (Euclidean norm) runs over all elements::

        length = sqrt(sum(gradient²))

    Parameters
    ----------
    gradient : callable
        ``gradient(weights)`` takes a float64 array of the shape of ``start`` and returns the
        gradient of the loss there, of the same shape.
    start : array_like of float, any shape
        Where the descent starts. It is not changed.
    learning_rate : float
        The factor of every step, greater than 0.
    tolerance : float, optional
        The length of gradient that counts as flat, greater than or equal to 0.
    max_steps : int, optional
        The descent gives up after this many steps, 0 or more.

    Returns
    -------
    weights : numpy.ndarray of float, the shape of start
        The first point that is flat, or the point reached after ``max_steps`` steps. It is a new
        array, also when no step was taken.
    steps_taken : int
        The number of steps from the start to that point, from 0 to ``max_steps``.

    Raises
    ------
    ArithmeticError
        As soon as a gradient holds a nan or an infinity, before ``gradient`` is called again.
        The message is yours.

    Notes
    -----
    A flat start takes 0 steps. After ``max_steps`` steps there is no need to look at the
    gradient once more. ``np.linalg.norm`` of an array without further arguments is the length
    over all its elements, and ``np.isfinite`` finds nan and infinity. A nan is never ≤ anything:
    without the check the descent would go on to the last step.

    References
    ----------
    .. [1] J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., Springer, 2006,
       section 3.2, https://doi.org/10.1007/978-0-387-40065-5.

    Examples
    --------
    The gradient w halves at each step, 8, 4, 2, 1, and 1 is flat enough here:

    >>> descend_until_flat(lambda w: w, [8.0], learning_rate=0.5, tolerance=1.0)
    (array([1.]), 3)
    >>> descend_until_flat(lambda w: w, [8.0], learning_rate=0.5, max_steps=2)
    (array([2.]), 2)
    >>> descend_until_flat(lambda w: w * np.inf, [8.0], learning_rate=0.5)
    Traceback (most recent call last):
        ...
    ArithmeticError: the gradient is not finite after 0 steps: [inf]
    """
    raise NotImplementedError("descend_until_flat: not written yet")


def linear_regression_gradient(weights, features, targets):
    """Return the gradient of a linear model's mean squared error, for its weights.

    The model predicts ``features @ weights``, without a constant that is added, and its loss is
    ``mean((features @ weights - targets)²)``. With n the number of rows::

        gradient = (2 / n) * features.T @ (features @ weights - targets)

    Parameters
    ----------
    weights : array_like of float, shape (d,)
        One weight for each of the d features.
    features : array_like of float, shape (n, d)
        One row for each of n ≥ 1 examples.
    targets : array_like of float, shape (n,)
        The right answer of each example.

    Returns
    -------
    numpy.ndarray of float, shape (d,)
        The gradient with respect to the weights, a new array.

    Notes
    -----
    The factor is 2 / n, from the square and from the mean over the n rows. Textbooks that start
    from half the sum of squares, such as Bishop [1]_, have neither the 2 nor the n.

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, eq. 3.12,
       p. 141.

    Examples
    --------
    The errors are -1 and -2, the features 1 and 2: 2 / 2 · (1 · -1 + 2 · -2):

    >>> linear_regression_gradient([0.0], [[1.0], [2.0]], [1.0, 2.0])
    array([-5.])
    >>> linear_regression_gradient([1.0], [[1.0], [2.0]], [1.0, 2.0])
    array([0.])
    """
    raise NotImplementedError("linear_regression_gradient: not written yet")
