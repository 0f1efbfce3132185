# To begin again: `descent reset optimizers` [f0c5a8e11aef]
"""Optimizers: what to do with a gradient, once it is known.

These are the exercises of lesson 4: one function and five classes.
Each docstring is the whole assignment: what goes in, what comes out,
and an example. Write the bodies, save, and run the check cell.

An optimizer is an object with a memory. It is made with its settings,
and then its method ``update(weights, gradient)`` is called once for
each step, and returns the new weights::

    optimizer = Momentum(learning_rate=0.1)
    weights = optimizer.update(weights, gradient)
    weights = optimizer.update(weights, next_gradient)

Agreements for the whole file:

- ``array_like`` is an array, a list (of lists) or a plain number, of
  floats or ints. A line such as
  ``gradient = np.asarray(gradient, dtype=float)`` makes any of them a
  float64 array. Where an array is promised for a plain number,
  NumPy's scalar will do.
- Nothing changes its arguments. New weights are a new array, and the
  memory never shares an array with its caller: with
  ``self.velocity = gradient`` it would.
- The memory starts from zeros, works for weights of any shape (one
  shape for each optimizer), and belongs to the object: two optimizers
  never share it. The attributes are yours to name.
"""

import numpy as np

__all__ = [
    "stochastic_gradient_descent",
    "SGD",
    "Momentum",
    "RMSprop",
    "Adam",
    "AdamW",
]


def stochastic_gradient_descent(
    example_gradient, start, n_examples, learning_rate, epochs, seed=0
):
    """Return the start, and the weights after each epoch, a row each.

    Each epoch takes every example once, in a new random order. Example
    i moves the newest weights, before the next one is asked::

        weights = weights - learning_rate * example_gradient(weights, i)

    Parameters
    ----------
    example_gradient : callable
    start : array_like of float, any shape
    n_examples : int
    learning_rate : float
    epochs : int
    seed : int, optional

    Returns
    -------
    numpy.ndarray of float, shape (epochs + 1, *start.shape)

    Examples
    --------
    >>> stochastic_gradient_descent(lambda w, i: w, 8, 2, 0.5, 1)
    array([8., 2.])
    """
    raise NotImplementedError(
        "stochastic_gradient_descent: not written yet"
    )


class SGD:
    """Step against the gradient: the plainest optimizer.

    ``update(weights, gradient)`` returns::

        weights - learning_rate * gradient

    It has no memory. The name comes from stochastic gradients, those
    of one example or a small batch; the rule is the same for any.

    Parameters
    ----------
    learning_rate : float

    Examples
    --------
    >>> SGD(learning_rate=0.25).update([3.0, 1.0], [2.0, -4.0])
    array([2.5, 2. ])
    """

    def __init__(self, learning_rate):
        raise NotImplementedError("SGD: not written yet")

    def update(self, weights, gradient):
        """Return the new weights, a new array."""
        raise NotImplementedError("SGD: not written yet")


class Momentum:
    """Step along a velocity that gathers the gradients.

    Like a heavy ball that rolls: ``update(weights, gradient)`` first
    renews the velocity, which starts at zeros, and then returns the
    new weights::

        velocity = momentum * velocity + gradient
        new weights = weights - learning_rate * velocity

    Parameters
    ----------
    learning_rate : float
    momentum : float, optional
        The share of the velocity that is kept, from 0 to below 1.

    Examples
    --------
    The velocity is 4, then 0.5 · 4 + 4 = 6: steps of 1 and 1.5.

    >>> optimizer = Momentum(learning_rate=0.25, momentum=0.5)
    >>> optimizer.update([10.0], [4.0])
    array([9.])
    >>> optimizer.update([9.0], [4.0])
    array([7.5])
    """

    def __init__(self, learning_rate, momentum=0.9):
        raise NotImplementedError("Momentum: not written yet")

    def update(self, weights, gradient):
        """Return the new weights; remember the velocity."""
        raise NotImplementedError("Momentum: not written yet")


class RMSprop:
    """Divide each gradient by its recent size.

    The running mean of squared gradients starts at zeros (the lesson
    calls it s). ``update(weights, gradient)`` first renews it and then
    returns the new weights, element by element::

        mean_square = decay * mean_square + (1 - decay) * gradient²
        new weights = weights - (learning_rate * gradient
                                 / (sqrt(mean_square) + epsilon))

    Parameters
    ----------
    learning_rate : float, optional
    decay : float, optional
        The share of the running mean that is kept, below 1.
    epsilon : float, optional
        Keeps the division finite; it is added after the root.

    Examples
    --------
    The mean square is 0.25 · 4 = 1, its root 1, the step 0.1 · 2 / 1.

    >>> RMSprop(0.1, decay=0.75).update([1.0], [2.0]).round(6)
    array([0.8])
    """

    def __init__(self, learning_rate=0.01, decay=0.99, epsilon=1e-8):
        raise NotImplementedError("RMSprop: not written yet")

    def update(self, weights, gradient):
        """Return the new weights; remember the mean square."""
        raise NotImplementedError("RMSprop: not written yet")


class Adam:
    """Step along the mean gradient, divided by its recent size.

    ``update(weights, gradient)`` first renews two running means, which
    start at zeros (the lesson calls them m and s)::

        mean = beta1 * mean + (1 - beta1) * gradient
        mean_square = beta2 * mean_square + (1 - beta2) * gradient²

    Both are too small at first. Corrected, they are what they would be
    if the shares of the gradients added up to 1: exactly g and g² while
    every gradient is g. Keep the uncorrected ones, and step::

        new weights = weights - (learning_rate * corrected_mean
                      / (sqrt(corrected_mean_square) + epsilon))

    Parameters
    ----------
    learning_rate, beta1, beta2, epsilon : float, optional

    Examples
    --------
    >>> Adam(0.1).update([1.0, 1.0], [1000.0, -0.001]).round(4)
    array([0.9, 1.1])
    """

    def __init__(
        self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        raise NotImplementedError("Adam: not written yet")

    def update(self, weights, gradient):
        """Return the new weights; remember means and count."""
        raise NotImplementedError("Adam: not written yet")


class AdamW:
    """Adam, with weights that decay a little at each step.

    Two things happen at an update, in this order, and the gradient
    never sees the decay ("decoupled")::

        weights = (1 - learning_rate * weight_decay) * weights
        new weights = what Adam's step makes of them

    Adam's step is that of `Adam`, with the same gradient, both
    running means and their correction.

    Parameters
    ----------
    learning_rate, beta1, beta2, epsilon : float, optional
        As in `Adam`.
    weight_decay : float, optional
        How strongly the weights decay; with 0 this is `Adam`.

    Examples
    --------
    Without a slope only the decay is left: 0.1 · 0.5 = 5%.

    >>> AdamW(0.1, weight_decay=0.5).update([2.0, -4.0], [0.0, 0.0])
    array([ 1.9, -3.8])
    """

    def __init__(
        self,
        learning_rate=0.001,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-8,
        weight_decay=0.01,
    ):
        raise NotImplementedError("AdamW: not written yet")

    def update(self, weights, gradient):
        """Return the new weights; remember what Adam remembers."""
        raise NotImplementedError("AdamW: not written yet")
