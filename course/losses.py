# Made from solutions/losses.py by `descent make` [3b1aaab7cf3e]
"""Loss functions: how far the predictions are from the right answers, as one number.

These are the functions of lesson 1. Each docstring is the whole assignment: what goes in, the
formula, what comes out, and examples to try. Write the bodies in any order, save, and run the
check cell of the exercise.

Four agreements hold in the whole file:

- ``array_like`` means an array, a list (of lists) or a plain number, of floats or ints. A first
  line such as ``targets = np.asarray(targets, dtype=float)`` makes any of them a float64 array.
- No function changes its arguments: what it returns is new.
- A loss is one ``float``; ``float(...)`` turns NumPy's scalar into one.
- ``ln`` is the natural logarithm, ``np.log``.
"""

import numpy as np

__all__ = [
    "mean_squared_error",
    "mean_squared_error_gradient",
    "sigmoid",
    "binary_cross_entropy",
    "sigmoid_cross_entropy_gradient",
    "softmax",
    "categorical_cross_entropy",
    "softmax_cross_entropy_gradient",
    "choose_loss",
]


def mean_squared_error(predictions, targets):
    """Return the mean of the squared differences between predictions and targets.

    The mean runs over all elements, whatever the shape; size is their number::

        mean_squared_error = sum((predictions - targets)²) / size

    Parameters
    ----------
    predictions : array_like of float, any shape
        What the model said; at least one element.
    targets : array_like of float, the same shape
        The right answers, in the same unit.

    Returns
    -------
    float
        The loss, zero or more, in the square of the unit: centimeters give square centimeters.

    Raises
    ------
    ValueError
        If the two shapes differ. NumPy would stretch an ``(n,)`` against an ``(n, 1)`` into an
        ``(n, n)`` table of differences without a word: compare the shapes first. The wording of
        the message is yours.

    Notes
    -----
    There is no factor ½, and the mean, not the sum, is taken: as in ``torch.nn.MSELoss``.
    Bishop [1]_ uses half the sum, so that the 2 of the derivative cancels.

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, eq. 1.2, p. 5.
    .. [2] T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*,
       2nd ed., Springer, 2009, section 2.4, https://doi.org/10.1007/978-0-387-84858-7.

    Examples
    --------
    Misses of 2 and of 10, so (4 + 100) / 2:

    >>> mean_squared_error([2.0, 10.0], [0.0, 0.0])
    52.0
    >>> mean_squared_error(350_000, 300_000)
    2500000000.0
    >>> mean_squared_error([1.0, 2.0], [[1.0], [2.0]])
    Traceback (most recent call last):
        ...
    ValueError: predictions have the shape (2,), targets (2, 1)
    """
    raise NotImplementedError("mean_squared_error: not written yet")


def mean_squared_error_gradient(predictions, targets):
    """Return the gradient of the mean squared error with respect to the predictions.

    Each element says how fast the loss grows when that prediction grows; size is the number of
    elements::

        gradient = 2 * (predictions - targets) / size

    Parameters
    ----------
    predictions : array_like of float, any shape
        What the model said; at least one element.
    targets : array_like of float, the same shape
        The right answers.

    Returns
    -------
    numpy.ndarray of float, the shape of predictions
        The gradient, a new array. It is positive where the prediction is too high.

    Notes
    -----
    The factor 2 comes from the square and the division by ``size`` from the mean over all
    elements (not over rows only). Check it yourself: nudge one prediction by 1e-6, and
    `mean_squared_error` changes by about 1e-6 times that element of the gradient.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016,
       section 5.1.4, https://www.deeplearningbook.org.

    Examples
    --------
    Two elements, so the factor 2 / size is 1:

    >>> mean_squared_error_gradient([3.0, 5.0], [1.0, 6.0])
    array([ 2., -1.])
    >>> mean_squared_error_gradient([[4.0]], [[4.0]])
    array([[0.]])
    """
    raise NotImplementedError("mean_squared_error_gradient: not written yet")


def sigmoid(logits):
    """Return the probabilities that belong to logits: the S-shaped curve between 0 and 1.

    Element by element, with z one of the logits::

        sigmoid(z) = 1 / (1 + exp(-z)) = exp(z) / (1 + exp(z))

    The two forms are equal. For z far below 0 the first one overflows, for z far above 0 the
    second one does: use each where its exponent is not positive.

    Parameters
    ----------
    logits : array_like of float, any shape
        Any real numbers. A logit is the logarithm of the odds, ``ln(p / (1 - p))``: odds of
        3 to 1, p = 0.75, are the logit ln 3.

    Returns
    -------
    numpy.ndarray of float, the shape of logits
        Probabilities from 0 to 1, a new array.

    Notes
    -----
    The result must be finite, and no warning may appear, for logits up to 10,000 in size. With
    NumPy's default settings ``np.exp(10_000.0)`` warns of an overflow; ``np.exp(-10_000.0)`` is
    silently 0. So ``np.exp(-np.abs(logits))`` is always safe, and both forms can be written with
    it. Mind that ``np.where`` computes both of its branches for all elements. Neither clipping
    the logits nor silencing the warning is needed.

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, eq. 4.59,
       p. 197.

    Examples
    --------
    At ln 3 the odds are 3 to 1:

    >>> sigmoid([0.0, np.log(3.0)])
    array([0.5 , 0.75])
    >>> sigmoid([-10_000, 10_000])
    array([0., 1.])
    """
    raise NotImplementedError("sigmoid: not written yet")


def binary_cross_entropy(probabilities, targets, epsilon=1e-12):
    """Return the mean binary cross-entropy: the loss for questions with two answers.

    With p the probabilities, clipped to [epsilon, 1 - epsilon], and t the targets, the mean over
    all elements of::

        -(t * ln(p) + (1 - t) * ln(1 - p))

    Parameters
    ----------
    probabilities : array_like of float, any shape
        The predicted probability that the answer is yes, from 0 to 1; at least one element.
    targets : array_like of float, the same shape
        The right answers: 1 for yes and 0 for no, or anything in between where the answer itself
        is a probability.
    epsilon : float, optional
        The distance that the probabilities keep from 0 and 1, between 1e-15 and 0.5. It keeps
        the logarithm finite: at 1e-12 no element costs more than 27.631.

    Returns
    -------
    float
        The loss, greater than 0, in nats (the unit of the natural logarithm).

    Raises
    ------
    ValueError
        If the two shapes differ: no stretching of ``(n,)`` against ``(n, 1)``.

    Notes
    -----
    The logarithm is the natural one, and the mean, not the sum, is taken: as in
    ``torch.nn.BCELoss``, which bounds the logarithms at -100 instead of clipping p.

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, eq. 4.90,
       p. 206.
    .. [2] I. J. Good, "Rational decisions", *Journal of the Royal Statistical Society B* 14,
       1952, pp. 107-114, https://doi.org/10.1111/j.2517-6161.1952.tb00104.x.

    Examples
    --------
    The right answer is yes; sure, unsure, and sure of the opposite:

    >>> [round(binary_cross_entropy([p], [1]), 3) for p in (0.9, 0.5, 0.1)]
    [0.105, 0.693, 2.303]
    >>> round(binary_cross_entropy([0.0], [1]), 3)
    27.631
    """
    raise NotImplementedError("binary_cross_entropy: not written yet")


def sigmoid_cross_entropy_gradient(logits, targets):
    """Return the gradient of sigmoid and binary cross-entropy together, for the logits.

    It is the gradient with respect to the logits of
    ``binary_cross_entropy(sigmoid(logits), targets)``, as if nothing were clipped; size is the
    number of elements::

        gradient = (sigmoid(logits) - targets) / size

    Parameters
    ----------
    logits : array_like of float, any shape
        The raw outputs of the model, before the sigmoid; at least one element.
    targets : array_like of float, the same shape
        The right answers, from 0 to 1.

    Returns
    -------
    numpy.ndarray of float, the shape of logits
        The gradient, a new array; finite for logits up to 10,000 in size.

    Notes
    -----
    The derivative of the sigmoid, p (1 - p), cancels against that of the logarithms: what is
    left is predicted minus right. The division by ``size`` comes from the mean. You may call
    your own `sigmoid`.

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, eq. 4.91,
       p. 206.

    Examples
    --------
    Two logits of 0 are two probabilities of 0.5:

    >>> sigmoid_cross_entropy_gradient([0.0, 0.0], [1, 0])
    array([-0.25,  0.25])
    >>> sigmoid_cross_entropy_gradient([10_000.0], [0])
    array([1.])
    """
    raise NotImplementedError("sigmoid_cross_entropy_gradient: not written yet")


def softmax(logits):
    """Return the probabilities that belong to logits, one distribution along the last axis.

    With z the logits along the last axis (one row of a table)::

        softmax(z)[j] = exp(z[j]) / sum(exp(z)) = exp(z[j] - max(z)) / sum(exp(z - max(z)))

    The two forms are equal. The second one cannot overflow: its largest exponent is 0.

    Parameters
    ----------
    logits : array_like of float, shape (..., k)
        Any real numbers; one dimension or more. The last axis runs over the k classes, k ≥ 1.

    Returns
    -------
    numpy.ndarray of float, the shape of logits
        Probabilities from 0 to 1, a new array; along the last axis they sum to 1.

    Notes
    -----
    The result must be finite for logits up to 10,000 in size, and each row has its own maximum
    and its own sum: ``axis=-1`` with ``keepdims=True`` keeps them as a column that fits.
    Adding one number to all logits of a row changes nothing.

    References
    ----------
    .. [1] J. S. Bridle, "Probabilistic interpretation of feedforward classification network
       outputs", in *Neurocomputing*, Springer, 1990, pp. 227-236,
       https://doi.org/10.1007/978-3-642-76153-9_28.
    .. [2] P. Blanchard, D. J. Higham and N. J. Higham, "Accurately computing the log-sum-exp and
       softmax functions", *IMA Journal of Numerical Analysis* 41, 2021, pp. 2311-2330,
       https://doi.org/10.1093/imanum/draa038.

    Examples
    --------
    The exponentials are 1, 2 and 1 in the first row, and equal in the second:

    >>> softmax([[0.0, np.log(2.0), 0.0], [7.0, 7.0, 7.0]]).round(3)
    array([[0.25 , 0.5  , 0.25 ],
           [0.333, 0.333, 0.333]])
    >>> softmax([-10_000, 10_000])
    array([0., 1.])
    """
    raise NotImplementedError("softmax: not written yet")


def categorical_cross_entropy(probabilities, targets, epsilon=1e-12):
    """Return the mean categorical cross-entropy: the loss for three or more classes.

    With p the probabilities, clipped at epsilon from below, t the one-hot targets and n the
    number of rows::

        categorical_cross_entropy = sum(-t * ln(p)) / n

    Of each row, only the probability of the right class counts.

    Parameters
    ----------
    probabilities : array_like of float, shape (n, k)
        One row for each of n ≥ 1 examples: the predicted probabilities of the k classes.
    targets : array_like of float, shape (n, k)
        One-hot rows: 1 at the right class, 0 elsewhere.
    epsilon : float, optional
        The smallest probability that enters the logarithm, greater than 0 and below 1; smaller
        ones are raised to it. There is no bound from above.

    Returns
    -------
    float
        The loss, zero or more, in nats (the unit of the natural logarithm).

    Raises
    ------
    ValueError
        If the two shapes differ.

    Notes
    -----
    The mean is over the n rows, not over the n · k elements: dividing by ``size`` makes the loss
    k times too small. ``torch.nn.CrossEntropyLoss`` has the same mean, but takes logits.

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, eq. 4.108,
       p. 209.

    Examples
    --------
    The picture shows the first of cat, dog and bird:

    >>> round(categorical_cross_entropy([[0.70, 0.20, 0.10]], [[1, 0, 0]]), 3)
    0.357
    >>> round(categorical_cross_entropy([[0.10, 0.60, 0.30]], [[1, 0, 0]]), 3)
    2.303
    >>> round(categorical_cross_entropy([[0.0, 1.0]], [[1, 0]]), 3)
    27.631
    """
    raise NotImplementedError("categorical_cross_entropy: not written yet")


def softmax_cross_entropy_gradient(logits, targets):
    """Return the gradient of softmax and categorical cross-entropy together, for the logits.

    It is the gradient with respect to the logits of
    ``categorical_cross_entropy(softmax(logits), targets)``, as if nothing were clipped; n is the
    number of rows::

        gradient = (softmax(logits) - targets) / n

    Parameters
    ----------
    logits : array_like of float, shape (n, k)
        The raw outputs of the model, before the softmax: one row for each of n ≥ 1 examples.
    targets : array_like of float, shape (n, k)
        One-hot rows: 1 at the right class, 0 elsewhere.

    Returns
    -------
    numpy.ndarray of float, shape (n, k)
        The gradient, a new array; each row sums to 0, and all is finite for logits up to 10,000
        in size.

    Notes
    -----
    The division is by n, the number of rows, because the loss is a mean over rows; dividing by
    ``size`` makes the gradient k times too small. You may call your own `softmax`.

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, eq. 4.109,
       p. 209.

    Examples
    --------
    Two rows; the softmax of equal logits is 0.5 and 0.5:

    >>> softmax_cross_entropy_gradient([[0.0, 0.0], [3.0, 3.0]], [[1, 0], [0, 1]])
    array([[-0.25,  0.25],
           [ 0.25, -0.25]])
    >>> softmax_cross_entropy_gradient([[10_000.0, 0.0]], [[0, 1]])
    array([[ 1., -1.]])
    """
    raise NotImplementedError("softmax_cross_entropy_gradient: not written yet")


def choose_loss(output_type):
    """Return the loss function that fits a type of output.

    ============================= ===========================
    output_type                   the function to return
    ============================= ===========================
    ``"continuous number"``       `mean_squared_error`
    ``"two classes"``             `binary_cross_entropy`
    ``"three or more classes"``   `categorical_cross_entropy`
    ============================= ===========================

    Parameters
    ----------
    output_type : str
        One of the three strings of the table, letter by letter.

    Returns
    -------
    callable
        The function itself, not its name and not a loss: ``choose_loss("two classes")`` can be
        called with probabilities and targets.

    Raises
    ------
    ValueError
        If ``output_type`` is any other string. The message holds all three output types as they
        are written in the table; the rest of it is yours.

    Notes
    -----
    A price or a temperature is a continuous number; spam or not, and sick or healthy, are two
    classes; cat, dog or bird are three or more classes.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016,
       section 6.2.2, https://www.deeplearningbook.org.

    Examples
    --------
    >>> loss = choose_loss("continuous number")
    >>> loss([2.0], [0.0])
    4.0
    >>> choose_loss("a picture")
    Traceback (most recent call last):
        ...
    ValueError: 'a picture' is none of: continuous number, two classes, three or more classes
    """
    raise NotImplementedError("choose_loss: not written yet")
