# Made from solutions/learning_rate.py by `descent make` [52b86dea9a9b]
"""The learning rate: how long the steps may be, and how to tell whether they are right.

These are the functions of lesson 3. Each docstring is the whole assignment: what goes in, the
formula, what comes out, and examples to try. Write the bodies, save, and run the check cell of
the exercise.

Two agreements hold in the whole file:

- ``array_like`` means an array or a list (of lists), of floats or ints. A first line such as
  ``hessian = np.asarray(hessian, dtype=float)`` makes either a float64 array. No function
  changes its arguments.
- A hessian is the table of second derivatives of a loss: how fast the slope changes. Here it is
  symmetric and positive definite, the bowl ½ wᵀ H w, and its eigenvalues are the curvatures
  along the bowl's own axes. λmin and λmax are the smallest and the largest of them.
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
    """Return the learning rate above which gradient descent on a bowl diverges.

    On the bowl ½ wᵀ H w, with H the hessian and λmax its largest eigenvalue::

        largest_stable_learning_rate = 2 / λmax

    Parameters
    ----------
    hessian : array_like of float, shape (d, d)
        Symmetric and positive definite: all eigenvalues are greater than 0.

    Returns
    -------
    float
        The border: below it the descent converges, above it the descent diverges from almost
        every start, and exactly on it the steepest direction bounces to and fro for ever.

    Notes
    -----
    ``np.linalg.eigvalsh`` returns the eigenvalues of a symmetric matrix in ascending order. The
    largest element of the matrix, its diagonal or the sum of its diagonal are not the largest
    eigenvalue.

    References
    ----------
    .. [1] G. Goh, "Why momentum really works", *Distill*, 2017,
       https://doi.org/10.23915/distill.00006.

    Examples
    --------
    >>> largest_stable_learning_rate([[1.0, 0.0], [0.0, 4.0]])
    0.5
    >>> largest_stable_learning_rate([[8]])
    0.25
    """
    raise NotImplementedError("largest_stable_learning_rate: not written yet")


def contraction_factor(learning_rate, hessian):
    """Return the factor by which a step of gradient descent shrinks the error, at the slowest.

    On the bowl ½ wᵀ H w each step multiplies the error along the axis of eigenvalue λ by
    1 - learning_rate · λ; the slowest axis decides::

        contraction_factor = max over all eigenvalues λ of |1 - learning_rate * λ|

    Parameters
    ----------
    learning_rate : float
        Greater than or equal to 0.
    hessian : array_like of float, shape (d, d)
        Symmetric and positive definite.

    Returns
    -------
    float
        Zero or more. Below 1 the descent converges, and the length of the error shrinks at least
        by this factor at each step; above 1 it diverges; 1 is the border.

    Notes
    -----
    The absolute value matters: -0.9 is an error that changes sides and shrinks slowly. As
    1 - learning_rate · λ is a straight line in λ, only λmin and λmax can give the maximum.

    References
    ----------
    .. [1] G. Goh, "Why momentum really works", *Distill*, 2017,
       https://doi.org/10.23915/distill.00006.

    Examples
    --------
    The eigenvalues are 1 and 3, so the factors are 0.5 and -0.5, then 0.75 and 0.25:

    >>> contraction_factor(0.5, [[1.0, 0.0], [0.0, 3.0]])
    0.5
    >>> contraction_factor(0.25, [[1.0, 0.0], [0.0, 3.0]])
    0.75
    >>> contraction_factor(0, [[1.0, 0.0], [0.0, 3.0]])
    1.0
    """
    raise NotImplementedError("contraction_factor: not written yet")


def best_learning_rate(hessian):
    """Return the learning rate with which gradient descent on a bowl converges fastest.

    It makes the contraction factor as small as it can be: the flattest and the steepest axis of
    the bowl then shrink equally fast::

        best_learning_rate = 2 / (λmin + λmax)

    Parameters
    ----------
    hessian : array_like of float, shape (d, d)
        Symmetric and positive definite, with the smallest eigenvalue λmin and the largest λmax.

    Returns
    -------
    float
        The best learning rate.

    Notes
    -----
    With it the contraction factor is (κ - 1) / (κ + 1), where κ = λmax / λmin is the condition
    number: a long narrow valley is slow however well the learning rate is chosen.

    References
    ----------
    .. [1] Y. Nesterov, *Introductory Lectures on Convex Optimization*, Springer, 2004, section
       2.1.5, https://doi.org/10.1007/978-1-4419-8853-9.

    Examples
    --------
    >>> best_learning_rate([[1.0, 0.0], [0.0, 3.0]])
    0.5
    >>> best_learning_rate([[4]])
    0.25
    """
    raise NotImplementedError("best_learning_rate: not written yet")


def judge_learning_rate(losses):
    """Return what a loss curve says about the learning rate that made it.

    With ``steps = len(losses) - 1`` and ``tail = max(1, steps // 10)``, the first of these that
    holds is the answer:

    1. ``"too high"`` if any of the losses is not finite (nan or infinity), or if the last loss
       is greater than the first;
    2. ``"too low"`` if the last loss equals the first, or if the curve still falls: the drop
       over the last ``tail`` steps, ``losses[-1 - tail] - losses[-1]``, is greater than 1 % of
       the whole drop, ``losses[0] - losses[-1]``;
    3. ``"just right"`` otherwise.

    Parameters
    ----------
    losses : array_like of float, shape (steps + 1,)
        The loss before the first step and after each one; two or more values.

    Returns
    -------
    str
        ``"too high"``, ``"too low"`` or ``"just right"``.

    Raises
    ------
    ValueError
        If there are fewer than 2 losses. This is looked at first.

    Notes
    -----
    The rule looks at one finished run, so "too low" means: too low for this number of steps.
    It is this course's own rule of thumb; a range test [1]_ tries many rates in one run instead.

    References
    ----------
    .. [1] L. N. Smith, "Cyclical learning rates for training neural networks", *WACV*, 2017,
       section 3.3, https://doi.org/10.1109/WACV.2017.58.

    Examples
    --------
    The second curve has 4 steps, so tail is 1: it fell by 1 in the last step, of 4 in all:

    >>> judge_learning_rate([1.0, 2.0, 4.0])
    'too high'
    >>> judge_learning_rate([10.0, 9.0, 8.0, 7.0, 6.0])
    'too low'
    >>> judge_learning_rate([10.0, 1.0, 0.5, 0.5])
    'just right'
    >>> judge_learning_rate([3.0, 3.0])
    'too low'
    """
    raise NotImplementedError("judge_learning_rate: not written yet")


def cosine_schedule(peak, step, total_steps, warmup_steps=0):
    """Return the learning rate at a step: up along a line, then down along half a cosine.

    The first case that holds::

        0                                                         if step >= total_steps
        peak * step / warmup_steps                                if step < warmup_steps
        peak * ½ * (1 + cos(π * (step - warmup_steps)
                               / (total_steps - warmup_steps)))   otherwise

    Parameters
    ----------
    peak : float
        The highest learning rate, reached at ``step == warmup_steps``; greater than 0.
    step : int
        The number of steps already taken, 0 or more.
    total_steps : int
        The length of the schedule; from this step on the learning rate is exactly 0.
    warmup_steps : int, optional
        The number of steps of the straight rise, from 0 to ``total_steps - 1``.

    Returns
    -------
    float
        The learning rate for this step, from 0 to ``peak``.

    Notes
    -----
    The angle is in radians, as ``np.cos`` takes it. Without warm-up the schedule starts at
    ``peak``, and nothing is divided by ``warmup_steps``, which is 0. With warm-up the very first
    learning rate is 0. The curve never restarts.

    References
    ----------
    .. [1] I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with warm restarts",
       *ICLR*, 2017, eq. 5, https://arxiv.org/abs/1608.03983.
    .. [2] P. Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017,
       section 2.2 (warm-up), https://arxiv.org/abs/1706.02677.

    Examples
    --------
    >>> cosine_schedule(peak=1.0, step=5, total_steps=100, warmup_steps=10)
    0.5
    >>> [round(cosine_schedule(peak=0.2, step=step, total_steps=90), 6) for step in (0, 30, 45)]
    [0.2, 0.15, 0.1]
    >>> cosine_schedule(peak=0.2, step=90, total_steps=90)
    0.0
    """
    raise NotImplementedError("cosine_schedule: not written yet")
