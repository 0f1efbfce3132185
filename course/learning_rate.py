# To begin again: `descent reset learning_rate` [c5d5c29fdee6]
"""The learning rate: how long the steps may be, and how to tell.

These are the functions of lesson 3. Each docstring is the whole
assignment: what goes in, what comes out, and an example. Where it
gives no formula, the lesson leads you to it, and the check tells you
whether you have found it. Write the bodies, save, and run the check
cell of the exercise.

Agreements for the whole file:

- ``array_like`` is an array or a list (of lists), of floats or ints.
  A first line such as ``hessian = np.asarray(hessian, dtype=float)``
  makes either a float64 array. No function changes its arguments.
- A hessian is the table of second derivatives of a loss: how fast the
  slope changes. Here it is symmetric and positive definite, that of
  the bowl ½ wᵀ H w. Its eigenvalues λ are the curvatures along the
  bowl's own axes; ``np.linalg.eigvalsh`` returns them in ascending
  order, λmin first and λmax last.
"""

import numpy as np

__all__ = [
    "largest_stable_learning_rate",
    "contraction_factor",
    "best_learning_rate",
    "judge_learning_rate",
    "cosine_schedule",
]


def largest_stable_learning_rate(hessian):
    """Return the learning rate above which descent on a bowl diverges.

    Below it the descent converges, above it the descent diverges from
    almost every start. Exactly on it the error along the steepest axis
    changes sides forever and keeps its size.

    - Only the steepest axis decides.
    - Twice the curvature, half the border.

    Parameters
    ----------
    hessian : array_like of float, shape (d, d)
        Its largest element, its diagonal and the sum of its diagonal
        are not its largest eigenvalue.

    Returns
    -------
    float

    Examples
    --------
    >>> largest_stable_learning_rate([[1.0, 0.0], [0.0, 4.0]])
    0.5
    """
    raise NotImplementedError(
        "largest_stable_learning_rate: not written yet"
    )


def contraction_factor(learning_rate, hessian):
    """Return by what factor one step shrinks the error on a bowl.

    A step multiplies the error along each axis of the bowl by that
    axis's own number. The axis that shrinks least decides, on
    whichever side of the valley the step ends.

    - Below 1 the descent converges, above 1 it diverges, and 1 is the
      border: `largest_stable_learning_rate`.
    - A learning rate of 0 gives 1: nothing moves.

    Parameters
    ----------
    learning_rate : float, 0 or more
    hessian : array_like of float, shape (d, d)

    Returns
    -------
    float
        Zero or more.

    Examples
    --------
    >>> contraction_factor(0.25, [[1.0, 0.0], [0.0, 3.0]])
    0.75
    """
    raise NotImplementedError("contraction_factor: not written yet")


def best_learning_rate(hessian):
    """Return the learning rate that descends a bowl fastest.

    It makes the `contraction_factor` as small as it can be. Then the
    flattest and the steepest axis of the bowl shrink equally fast, one
    of them while changing sides.

    - It is below the `largest_stable_learning_rate`.
    - Where all curvatures are equal, one step reaches the bottom.

    Parameters
    ----------
    hessian : array_like of float, shape (d, d)

    Returns
    -------
    float

    Examples
    --------
    >>> best_learning_rate([[1.0, 0.0], [0.0, 3.0]])
    0.5
    """
    raise NotImplementedError("best_learning_rate: not written yet")


def judge_learning_rate(losses):
    """Return what a loss curve says about its learning rate.

    Fewer than 2 losses raise ValueError. Otherwise, with
    ``steps = len(losses) - 1`` and ``tail = max(1, steps // 10)``, the
    answer is the first of these that holds:

    1. "too high" if any loss is nan or infinite, or if the last loss is
       greater than the first;
    2. "too low" if the last loss equals the first, or it still falls:
       losses[-1 - tail] - losses[-1] > 1% of losses[0] - losses[-1];
    3. "just right" if neither does.

    Parameters
    ----------
    losses : array_like of float, shape (steps + 1,)

    Returns
    -------
    str

    Examples
    --------
    >>> judge_learning_rate([10.0, 9.0, 8.0, 7.0, 6.0])
    'too low'
    """
    raise NotImplementedError("judge_learning_rate: not written yet")


def cosine_schedule(peak, step, total_steps, warmup_steps=0):
    """Return the learning rate at a step: up a line, down a cosine.

    - 0 from ``total_steps`` on;
    - ``peak * step / warmup_steps`` before ``warmup_steps``;
    - else ``peak * ½ * (1 + cos(π * progress))``, where progress runs
      from 0 at ``warmup_steps`` to 1 at ``total_steps``.

    Parameters
    ----------
    peak : float
    step : int
        How many steps have been taken so far.
    total_steps : int
    warmup_steps : int, optional
        From 0 to ``total_steps - 1``.

    Returns
    -------
    float

    Examples
    --------
    >>> [cosine_schedule(1.0, k, 100, warmup_steps=10) for k in (5, 55)]
    [0.5, 0.5]
    """
    raise NotImplementedError("cosine_schedule: not written yet")
