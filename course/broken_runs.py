# To begin again: `descent reset broken_runs` [1d5aa6faa9e6]
"""Broken runs: six programs that run, and learn the wrong thing.

These are the programs of lesson 7. As they are handed out, each of
them holds one bug that raises no error. A docstring says what a
sound run does. Find the bug, repair it, save, and run the check
cell of the exercise. Change as little as you can, or write the
program again in your own way: what counts is what it returns.

``array_like`` means an array or a list (of lists), of floats or
ints. No program changes its arguments.
"""

import numpy as np

__all__ = [
    "fit_line",
    "logistic_regression",
    "softmax_regression",
    "train_with_momentum",
    "train_with_adam",
    "train_until_worse",
]


def fit_line(inputs, targets, learning_rate, steps):
    """Return slope and intercept of a line fitted by descent.

    The line predicts slope · input + intercept. Full-batch gradient
    descent on the mean squared error, from slope 0 and intercept 0.

    Parameters
    ----------
    inputs : array_like of float, shape (n, 1)
        One input for each example, in a table of one column.
    targets : array_like of float, shape (n,)
    learning_rate : float
    steps : int

    Examples
    --------
    At zero the errors are -1 and -5, so the gradient is (-10, -6);
    a quarter of it is the first step.

    >>> fit_line([[0.0], [2.0]], [1.0, 5.0], 0.25, steps=1)
    (2.5, 1.5)
    >>> fit_line([[0], [2]], [1, 5], 0.25, steps=2)
    (1.75, 1.0)
    """
    inputs = np.asarray(inputs, dtype=float)
    targets = np.asarray(targets, dtype=float)
    slope, intercept = 0.0, 0.0
    for _ in range(steps):
        errors = slope * inputs + intercept - targets
        slope_gradient = 2 * np.mean(errors * inputs)
        intercept_gradient = 2 * np.mean(errors)
        slope = slope - learning_rate * slope_gradient
        intercept = intercept - learning_rate * intercept_gradient
    return float(slope), float(intercept)


def logistic_regression(features, targets, learning_rate, steps):
    """Return the weights of a classifier of two classes.

    The model's probability of class 1 is the sigmoid of
    features @ weights. Full-batch gradient descent on the mean
    binary cross-entropy, from zeros.

    Parameters
    ----------
    features : array_like of float, shape (n, d)
    targets : array_like of float, shape (n,)
        The class of each example, 0 or 1.
    learning_rate : float
    steps : int

    Examples
    --------
    At zero both probabilities are 1/2. The third feature is the same
    in both examples, which pull its weight in opposite directions:

    >>> features, targets = [[1, 0, 1], [0, 2, 1]], [1, 0]
    >>> logistic_regression(features, targets, 2.0, steps=1).tolist()
    [0.5, -1.0, 0.0]
    """
    features = np.asarray(features, dtype=float)
    targets = np.asarray(targets, dtype=float)
    weights = np.zeros(features.shape[1])
    for _ in range(steps):
        logits = features @ weights
        # the sigmoid, written so that nothing overflows
        probabilities = 0.5 * (1.0 + np.tanh(0.5 * logits))
        errors = probabilities - targets
        gradient = features.T @ errors
        weights = weights - learning_rate * gradient
    return weights


def softmax_regression(
    features, targets, learning_rate, epochs, batch_size, seed=0
):
    """Return the weights of a classifier, shape (d, classes).

    The probabilities are the softmax of features @ weights. Descent on
    the categorical cross-entropy, from zeros: each epoch takes every
    example once, in a new shuffled order, in batches of ``batch_size``
    (the last may be smaller); a step takes its batch's mean gradient.

    Parameters
    ----------
    features : array_like of float, shape (n, d)
    targets : array_like of float, shape (n, classes)
        One-hot rows.
    learning_rate : float
    epochs, batch_size : int
    seed : int, optional

    Examples
    --------
    Two examples that share no feature, so their order plays no part:

    >>> features, targets = [[1, 0], [0, 2]], [[1, 0], [0, 1]]
    >>> softmax_regression(features, targets, 1.0, 1, batch_size=1)
    array([[ 0.5, -0.5],
           [-1. ,  1. ]])
    """
    features = np.asarray(features, dtype=float)
    targets = np.asarray(targets, dtype=float)
    weights = np.zeros((features.shape[1], targets.shape[1]))
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(features))
        rows, answers = features[order], targets
        for first in range(0, len(rows), batch_size):
            batch = rows[first : first + batch_size]
            wanted = answers[first : first + batch_size]
            logits = batch @ weights
            logits = logits - logits.max(axis=1, keepdims=True)
            powers = np.exp(logits)
            probabilities = powers / powers.sum(axis=1, keepdims=True)
            errors = probabilities - wanted
            gradient = batch.T @ errors / len(batch)
            weights = weights - learning_rate * gradient
    return weights


def train_with_momentum(
    gradient, start, learning_rate, momentum, steps
):
    """Return the path of gradient descent with momentum.

    Each step follows a velocity: the last velocity times ``momentum``,
    plus the gradient. It is zero before the first step.

    Parameters
    ----------
    gradient : callable
        ``gradient(weights)`` has the shape of the weights.
    start : array_like of float, any shape
    learning_rate, momentum : float
    steps : int

    Returns
    -------
    numpy.ndarray of float, shape (steps + 1, *start.shape)

    Examples
    --------
    On a slope of 4 the velocities are 4, 6 and 7; a step is a quarter.

    >>> slope = lambda weights: np.array([4.0])
    >>> train_with_momentum(slope, [10], 0.25, 0.5, 3).tolist()
    [[10.0], [9.0], [7.5], [5.75]]
    """
    weights = np.array(start, dtype=float)
    path = [weights]
    for _ in range(steps):
        velocity = np.zeros_like(weights)
        velocity = momentum * velocity + gradient(weights)
        weights = weights - learning_rate * velocity
        path.append(weights)
    return np.array(path)


def train_with_adam(gradient, start, learning_rate, steps):
    """Return the path of Adam.

    Adam as in lesson 4, with bias correction: its betas are 0.9 and
    0.999, its epsilon 1e-8. Both running means start from zeros.

    Parameters
    ----------
    gradient : callable
        ``gradient(weights)`` has the shape of the weights.
    start : array_like of float, any shape
    learning_rate : float
    steps : int

    Returns
    -------
    numpy.ndarray of float, shape (steps + 1, *start.shape)

    Examples
    --------
    On a constant slope all steps are as long as the learning rate:

    >>> slope = lambda weights: np.array([4.0])
    >>> train_with_adam(slope, [10], 0.5, 4).round(6).tolist()
    [[10.0], [9.5], [9.0], [8.5], [8.0]]
    """
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    weights = np.array(start, dtype=float)
    mean = np.zeros_like(weights)
    square = np.zeros_like(weights)
    count = 0
    path = [weights]
    for _ in range(steps):
        slope = np.asarray(gradient(weights), dtype=float)
        count = 1
        mean = beta1 * mean + (1 - beta1) * slope
        square = beta2 * square + (1 - beta2) * slope**2
        corrected_mean = mean / (1 - beta1**count)
        corrected_square = square / (1 - beta2**count)
        root = np.sqrt(corrected_square)
        step = learning_rate * corrected_mean / (root + epsilon)
        weights = weights - step
        path.append(weights)
    return np.array(path)


def train_until_worse(
    gradient, loss, start, learning_rate, max_steps, patience
):
    """Return the best weights that gradient descent came across.

    Descent from ``start`` that watches the loss: after ``patience``
    steps in a row without a loss below the smallest so far it stops,
    and at the latest after ``max_steps`` steps. The best weights have
    the smallest loss, the start included; of equal ones, the first.

    Parameters
    ----------
    gradient, loss : callable
        Functions of the weights; the loss may be of held-out data.
    start : array_like of float, any shape
    learning_rate : float
    max_steps, patience : int

    Examples
    --------
    Each step adds 1, and the loss is the distance from 3:

    >>> slope = lambda weights: np.array([-1.0])
    >>> distance = lambda weights: abs(float(weights[0]) - 3)
    >>> train_until_worse(slope, distance, [0], 1.0, 50, patience=2)
    array([3.])
    """
    weights = np.array(start, dtype=float)
    best, lowest = weights.copy(), loss(weights)
    waited = 0
    for _ in range(max_steps):
        weights -= learning_rate * np.asarray(gradient(weights))
        now = loss(weights)
        if now < lowest:
            best, lowest, waited = weights, now, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best
