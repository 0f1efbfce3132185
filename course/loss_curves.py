# To begin again: `descent reset loss_curves` [df27e3bbfcf2]
"""Tracking the loss: read a curve, and name what it shows.

These are the functions of lesson 6. Each docstring is the whole
assignment: what goes in, what comes out, and an example. Write the
bodies, save, and run the check cell of the exercise.

Agreements for the whole file:

- ``array_like`` is an array or a list (of lists), of floats or ints.
  A first line such as ``losses = np.asarray(losses, dtype=float)``
  makes either a float64 array.
- ``losses`` come oldest first.
- No function changes its arguments: what it returns is new.
"""

import numpy as np

__all__ = [
    "moving_average",
    "has_converged",
    "diagnose",
    "accuracy",
    "early_stopping",
]


def moving_average(losses, window):
    """Return the mean of each window: the curve without its jitter.

    Element i is the mean of the ``window`` losses from i on::

        (losses[i] + ... + losses[i + window - 1]) / window

    Unless 1 ≤ ``window`` ≤ n, a ValueError is raised.

    Parameters
    ----------
    losses : array_like of float, shape (n,)
    window : int

    Returns
    -------
    numpy.ndarray of float, shape (n - window + 1,)
        From the first whole window to the last: nothing is padded.

    Examples
    --------
    >>> moving_average([1.0, 3.0, 8.0, 4.0], window=2)
    array([2. , 5.5, 6. ])
    """
    raise NotImplementedError("moving_average: not written yet")


def has_converged(losses, window=10, tolerance=0.01):
    """Return whether the loss is what it was ``window`` steps ago.

    With ``then = losses[-1 - window]`` and ``now = losses[-1]``::

        |then - now| <= tolerance * |then|

    Multiply as it says: dividing would fail where ``then`` is 0. With
    ``window`` losses or fewer it is too early to tell: False.

    Parameters
    ----------
    losses : array_like of float, shape (n,)
    window : int, optional
    tolerance : float, optional
        The relative change that counts as none.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_converged([100.0, 50.0, 99.0], window=2)
    True
    """
    raise NotImplementedError("has_converged: not written yet")


def diagnose(losses, target, window=10, tolerance=0.01):
    """Return what a loss curve shows, in one or two words.

    The first of these that holds is the answer:

    1. "diverging" if the last loss is nan or infinite, or greater than
       the first;
    2. "still improving" if not `has_converged`, with this window and
       this tolerance;
    3. "converged" if the last loss is at most ``target``;
    4. "stuck" otherwise: the curve is flat, and too high.

    Parameters
    ----------
    losses : array_like of float, shape (n,)
        At least one, and the first is finite.
    target : float
        The goal: a loss that is good enough.
    window, tolerance : optional

    Examples
    --------
    >>> diagnose([1.0, 0.8, 0.8, 0.8], target=0.1, window=2)
    'stuck'
    """
    raise NotImplementedError("diagnose: not written yet")


def accuracy(probabilities, targets):
    """Return the share of examples whose likeliest class is right.

    A row is right if its largest probability is where its target has
    the 1. ``np.argmax(..., axis=1)`` says where the largest value of
    each row is.

    Parameters
    ----------
    probabilities : array_like of float, shape (n, classes)
        No row has two largest values.
    targets : array_like of float, shape (n, classes)
        One-hot rows.

    Returns
    -------
    float
        From 0 (none is right) to 1 (all are).

    Examples
    --------
    >>> accuracy([[0.7, 0.3], [0.4, 0.6]], [[1, 0], [1, 0]])
    0.5
    """
    raise NotImplementedError("accuracy: not written yet")


def early_stopping(losses, patience, min_improvement=0.0):
    """Return the best epoch, and the one at which training stops.

    Epochs count from 0. An epoch improves if its loss is below the
    best so far minus ``min_improvement``; the best so far is the loss
    of the last epoch that improved, epoch 0's at first. Training stops
    at the first epoch that is the ``patience``-th in a row without
    improvement, or else at the last. No losses, or a ``patience``
    below 1, raise ValueError.

    Parameters
    ----------
    losses : array_like of float, shape (n,)
        The first is finite. A nan never improves.
    patience : int
    min_improvement : float, optional

    Returns
    -------
    best_epoch, stop_epoch : int

    Examples
    --------
    >>> early_stopping([1.0, 0.5, 0.6, 0.5, 0.1], patience=2)
    (1, 3)
    """
    raise NotImplementedError("early_stopping: not written yet")
