"""Tracking the loss: read a curve, name what it shows, and train a network of your own.

These are the functions of lesson 6, and the capstone. Each docstring is the whole assignment:
what goes in, the formula, what comes out, and examples to try. Write the bodies, save, and run
the check cell of the exercise.

Two agreements hold in the whole file:

- ``array_like`` means an array or a list (of lists), of floats or ints. A first line such as
  ``losses = np.asarray(losses, dtype=float)`` makes either a float64 array.
- No function changes its arguments: what it returns is new.
"""

import numpy as np

__all__ = ["moving_average", "has_converged", "diagnose", "accuracy", "train_classifier"]


def moving_average(losses, window):
    """Return the mean of each run of consecutive losses: the curve without its jitter.

    ::

        moving_average[i] = (losses[i] + ... + losses[i + window - 1]) / window

    Parameters
    ----------
    losses : array_like of float, shape (n,)
        The losses, oldest first.
    window : int
        The length of a run, from 1 to n.

    Returns
    -------
    numpy.ndarray of float, shape (n - window + 1,)
        The means, a new array, from the first whole run to the last: nothing is padded at the
        ends.

    Raises
    ------
    ValueError
        Unless 1 ≤ ``window`` ≤ n.

    Notes
    -----
    ``np.convolve(..., mode="valid")`` keeps the whole runs only, and so does
    ``np.lib.stride_tricks.sliding_window_view``. An average of the last ``window`` losses shows
    what happened half a window ago.

    References
    ----------
    .. [1] P. J. Brockwell and R. A. Davis, *Introduction to Time Series and Forecasting*, 3rd
       ed., Springer, 2016, section 1.5, https://doi.org/10.1007/978-3-319-29854-2.

    Examples
    --------
    >>> moving_average([1.0, 3.0, 8.0, 4.0], window=2)
    array([2. , 5.5, 6. ])
    >>> moving_average([1, 3, 8, 4], window=4)
    array([4.])
    """
    losses = np.asarray(losses, dtype=float)
    if not 1 <= window <= len(losses):
        raise ValueError(f"window is {window}, and must be from 1 to {len(losses)}")
    runs = np.lib.stride_tricks.sliding_window_view(losses, window)
    return runs.mean(axis=-1)


def has_converged(losses, window=10, tolerance=0.01):
    """Return whether the loss is about the same as it was ``window`` steps ago.

    With ``then = losses[-1 - window]`` and ``now = losses[-1]``::

        has_converged = |then - now| <= tolerance * |then|

    Parameters
    ----------
    losses : array_like of float, shape (n,)
        The losses, oldest first; there may be none.
    window : int, optional
        How many steps to look back, 1 or more.
    tolerance : float, optional
        The relative change that counts as none, zero or more: 0.01 is 1 %.

    Returns
    -------
    bool
        True if the loss has changed by no more than the tolerance, up or down. False where there
        are ``window`` losses or fewer: it is too early to tell.

    Notes
    -----
    Only the two values count, not those between them. The change is measured against ``then``,
    by multiplying: dividing would fail where ``then`` is 0. It takes ``window + 1`` losses to
    look ``window`` steps back. The rule says that the curve is flat, not that it is low: for
    that, see `diagnose`.

    References
    ----------
    .. [1] L. Prechelt, "Early stopping — but when?", in *Neural Networks: Tricks of the Trade*,
       2nd ed., Springer, 2012, pp. 53-67, https://doi.org/10.1007/978-3-642-35289-8_5.

    Examples
    --------
    From 100 to 99 is a change of 1 %, from 100 to 98 one of 2 %:

    >>> has_converged([100.0, 50.0, 99.0], window=2)
    True
    >>> has_converged([100.0, 99.0, 98.0], window=2)
    False
    >>> has_converged([5.0, 5.0], window=2)
    False
    """
    if len(losses) <= window:
        return False
    then, now = float(losses[-1 - window]), float(losses[-1])
    return abs(then - now) <= tolerance * abs(then)


def diagnose(losses, target, window=10, tolerance=0.01):
    """Return what a loss curve shows, in one or two words.

    The first of these that holds is the answer:

    1. ``"diverging"`` if the last loss is not finite (nan or infinity), or greater than the first;
    2. ``"still improving"`` if not `has_converged` with this window and tolerance;
    3. ``"converged"`` if the last loss is at most ``target``;
    4. ``"stuck"`` otherwise: the curve is flat, and too high.

    Parameters
    ----------
    losses : array_like of float, shape (n,)
        The losses, oldest first; at least one, and the first is finite.
    target : float
        The loss that is good enough.
    window : int, optional
        How many steps to look back, as in `has_converged`.
    tolerance : float, optional
        The relative change that counts as none, as in `has_converged`.

    Returns
    -------
    str
        ``"diverging"``, ``"still improving"``, ``"converged"`` or ``"stuck"``.

    Notes
    -----
    The order matters: a curve that is below the target but still falls is still improving. Of
    nan and infinity only the last loss counts here. You may call your own `has_converged`; hand
    both of its settings on.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section
       11.5, https://www.deeplearningbook.org.

    Examples
    --------
    The healthy curve of lesson 6, cut off and let run on:

    >>> diagnose([1.0, 0.8, 0.6, 0.4, 0.2, 0.1], target=0.1, window=2)
    'still improving'
    >>> diagnose([1.0, 0.8, 0.6, 0.4, 0.2, 0.1, 0.1, 0.1], target=0.1, window=2)
    'converged'
    >>> diagnose([1.0, 0.8, 0.8, 0.8], target=0.1, window=2)
    'stuck'
    >>> diagnose([1.0, float("nan")], target=0.1)
    'diverging'
    """
    first, last = float(losses[0]), float(losses[-1])
    if not np.isfinite(last) or last > first:
        return "diverging"
    if not has_converged(losses, window, tolerance):
        return "still improving"
    return "converged" if last <= target else "stuck"


def accuracy(probabilities, targets):
    """Return the share of examples whose most probable class is the right one.

    ::

        accuracy = (rows whose largest probability is at the 1 of the target) / (all rows)

    Parameters
    ----------
    probabilities : array_like of float, shape (n, k)
        One row for each of n ≥ 1 examples: the probabilities of the k classes. No row has two
        largest values.
    targets : array_like of float, shape (n, k)
        One-hot rows: 1 at the right class, 0 elsewhere.

    Returns
    -------
    float
        From 0 (none is right) to 1 (all are).

    Notes
    -----
    ``np.argmax(..., axis=1)`` says where the largest value of each row is. Unlike a loss,
    accuracy does not see how sure the model was: it moves in jumps of 1 / n, and has no useful
    gradient. That is why training minimizes a loss.

    References
    ----------
    .. [1] T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd
       ed., Springer, 2009, section 7.2, https://doi.org/10.1007/978-0-387-84858-7.

    Examples
    --------
    The first row is right, the second is not:

    >>> accuracy([[0.7, 0.2, 0.1], [0.3, 0.6, 0.1]], [[1, 0, 0], [1, 0, 0]])
    0.5
    >>> accuracy([[0.1, 0.9]], [[0, 1]])
    1.0
    """
    predicted = np.argmax(np.asarray(probabilities, dtype=float), axis=1)
    right = np.argmax(np.asarray(targets, dtype=float), axis=1)
    return float(np.mean(predicted == right))


def train_classifier(images, labels, seed=0):
    """Train a classifier of handwritten digits, and return it as a function.

    This is the capstone: everything that you wrote, at work together. One way that does well::

        scale the images; make one-hot targets; start with small random weights
        for each epoch, for each minibatch:
            dense layer → ReLU → dense layer, softmax_cross_entropy_gradient, and back again
            one Adam update for each array of weights
        classify = the class with the largest output

    Parameters
    ----------
    images : array_like of float, shape (n, 64)
        One image of 8 × 8 pixels in each row, in gray levels from 0 to 16. The order of the
        pixels is secret, but the same in all images; a little noise was added.
    labels : array_like of int, shape (n,)
        The digit on each image, from 0 to 9.
    seed : int, optional
        Fixes all that is random, from 0 to 2³² - 1: the same seed gives the same classifier.

    Returns
    -------
    callable
        ``classify(images)`` takes an array_like of float of shape (m, 64) with m ≥ 1, in the same
        pixel order, and returns an array of m integers, the predicted digits.

    Notes
    -----
    Graded on images that your function never sees: two random thirds of the 1,797 images of the
    data set are for training, the last third is for the test. 95 % of right answers or more earn
    all points. Training and test together may take 20 seconds on one core; one or two are enough.
    Any method will do, with NumPy alone: nearest neighbors and kernels count as learning.

    Your own functions come in with lines such as these, at the top of the body rather than of
    the file, so that this file also loads while another one is unfinished::

        from .losses import softmax_cross_entropy_gradient
        from .optimizers import Adam
        from .training import dense_backward, dense_forward, minibatches
        from .training import relu_backward, relu_forward

    References
    ----------
    .. [1] E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine
       Learning Repository, 1998, https://doi.org/10.24432/C50P49.
    .. [2] K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", *ICCV*, 2015, eq.
       10 (the size of the first weights), https://doi.org/10.1109/ICCV.2015.123.

    Examples
    --------
    Two kinds of image, all dark (a 0) and all bright (a 1):

    >>> images = np.repeat([[0.0], [16.0]], 64, axis=1)
    >>> classify = train_classifier(np.tile(images, (20, 1)), [0, 1] * 20)
    >>> [int(label) for label in classify(images)]
    [0, 1]
    >>> len(classify(images[:1]))
    1
    """
    from .losses import softmax_cross_entropy_gradient
    from .optimizers import Adam
    from .training import dense_backward, dense_forward, minibatches, relu_backward, relu_forward

    def scale(pixels):
        return np.asarray(pixels, dtype=float) / 8 - 1  # 0..16 becomes -1..1

    inputs = scale(images)
    targets = np.eye(10)[np.asarray(labels, dtype=int)]
    n_hidden, epochs, batch_size, noise = 128, 60, 32, 0.15

    rng = np.random.default_rng(seed)
    parameters = [
        rng.normal(scale=np.sqrt(2 / 64), size=(64, n_hidden)),
        np.zeros(n_hidden),
        rng.normal(scale=np.sqrt(2 / n_hidden), size=(n_hidden, 10)),
        np.zeros(10),
    ]
    optimizers = [Adam(learning_rate=0.002) for _ in parameters]
    for _ in range(epochs):
        order_seed = int(rng.integers(2**32))
        for batch, batch_targets in minibatches(inputs, targets, batch_size, order_seed):
            weights_1, bias_1, weights_2, bias_2 = parameters
            # fresh noise on every batch: the network never sees the same image twice
            batch = batch + rng.normal(scale=noise, size=batch.shape)
            hidden = dense_forward(batch, weights_1, bias_1)
            active = relu_forward(hidden)
            logits = dense_forward(active, weights_2, bias_2)

            logits_gradient = softmax_cross_entropy_gradient(logits, batch_targets)
            active_gradient, *second = dense_backward(logits_gradient, active, weights_2)
            hidden_gradient = relu_backward(active_gradient, hidden)
            _, *first = dense_backward(hidden_gradient, batch, weights_1)
            parameters = [
                optimizer.update(weights, gradient)
                for optimizer, weights, gradient in zip(
                    optimizers, parameters, first + second, strict=True
                )
            ]

    weights_1, bias_1, weights_2, bias_2 = parameters

    def classify(images):
        active = relu_forward(dense_forward(scale(images), weights_1, bias_1))
        return np.argmax(dense_forward(active, weights_2, bias_2), axis=1)

    return classify
