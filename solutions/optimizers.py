"""Optimizers: what to do with a gradient, once it is known.

These are the exercises of lesson 4: one function and four classes. Each docstring is the whole
assignment: what goes in, the formula, what comes out, and examples to try. Write the bodies,
save, and run the check cell of the exercise.

An optimizer is an object with a memory. It is made with its settings, and then its method
``update(weights, gradient)`` is called once for each step and returns the new weights::

    optimizer = Momentum(learning_rate=0.1)
    weights = optimizer.update(weights, gradient)
    weights = optimizer.update(weights, next_gradient)

Agreements that hold in the whole file:

- ``array_like`` means an array, a list (of lists) or a plain number, of floats or ints. A line
  such as ``gradient = np.asarray(gradient, dtype=float)`` makes any of them a float64 array.
  Where an array is promised for a plain number, NumPy's scalar will do.
- Nothing changes its arguments. New weights are a new array, and the memory of an optimizer
  never shares an array with its caller: ``self.velocity = gradient`` would.
- The memory starts from zeros, works for weights of any shape (one shape for each optimizer),
  and belongs to the object: two optimizers never share it. The attributes are yours to name;
  the settings stay as they were given.
"""

import numpy as np

__all__ = ["stochastic_gradient_descent", "SGD", "Momentum", "RMSprop", "Adam"]


def stochastic_gradient_descent(example_gradient, start, n_examples, learning_rate, epochs, seed=0):
    """Return the weights after each epoch of descent, one example at a time.

    An epoch takes every example once, in a random order that is drawn anew for each epoch, and
    makes a step after each one; i is the number of the example::

        weights = weights - learning_rate * example_gradient(weights, i)

    Parameters
    ----------
    example_gradient : callable
        ``example_gradient(weights, i)`` takes a float64 array of the shape of ``start`` and an
        int from 0 to ``n_examples - 1``. It returns the gradient of the loss of that one
        example, of the shape of ``start``.
    start : array_like of float, any shape
        The weights before the first step. They are not changed.
    n_examples : int
        The number of examples, 1 or more.
    learning_rate : float
        The factor of every step, greater than or equal to 0.
    epochs : int
        How many times to go through all examples, 0 or more.
    seed : int, optional
        Fixes the orders, from 0 to 2³² - 1: the same seed gives the same result, another seed
        other orders.

    Returns
    -------
    numpy.ndarray of float, shape (epochs + 1, *start.shape)
        The weights at the start (row 0) and after each epoch: not after each step.

    Notes
    -----
    ``example_gradient`` is called exactly ``n_examples * epochs`` times, and always at the
    newest weights. ``np.random.default_rng(seed)`` makes a random generator; make it once,
    before the first epoch, and its ``permutation(n_examples)`` is a new order at each call. Hand
    over each number as ``int(i)``.

    References
    ----------
    .. [1] H. Robbins and S. Monro, "A stochastic approximation method", *Annals of Mathematical
       Statistics* 22, 1951, pp. 400-407, https://doi.org/10.1214/aoms/1177729586.
    .. [2] L. Bottou, F. E. Curtis and J. Nocedal, "Optimization methods for large-scale machine
       learning", *SIAM Review* 60, 2018, pp. 223-311, https://doi.org/10.1137/16M1080173.

    Examples
    --------
    Two examples with the same gradient w: each of the four steps halves w:

    >>> stochastic_gradient_descent(lambda w, i: w, [16.0], 2, learning_rate=0.5, epochs=2)
    array([[16.],
           [ 4.],
           [ 1.]])
    >>> stochastic_gradient_descent(lambda w, i: w, [16, 8], 2, learning_rate=0.5, epochs=0)
    array([[16.,  8.]])
    """
    rng = np.random.default_rng(seed)
    weights = np.array(start, dtype=float)
    path = np.empty((epochs + 1, *weights.shape))
    path[0] = weights
    for epoch in range(epochs):
        for i in rng.permutation(n_examples):
            weights -= learning_rate * example_gradient(weights, int(i))
        path[epoch + 1] = weights
    return path


class SGD:
    """Step against the gradient: the plainest optimizer.

    ``update(weights, gradient)`` returns::

        weights - learning_rate * gradient

    Parameters
    ----------
    learning_rate : float
        The factor of every step, greater than or equal to 0.

    Notes
    -----
    It has no memory: every step depends on this gradient alone. The name comes from stochastic
    gradients, those of one example or of a small batch; the rule is the same for any gradient.
    As in ``torch.optim.SGD`` without momentum.

    References
    ----------
    .. [1] H. Robbins and S. Monro, "A stochastic approximation method", *Annals of Mathematical
       Statistics* 22, 1951, pp. 400-407, https://doi.org/10.1214/aoms/1177729586.

    Examples
    --------
    >>> optimizer = SGD(learning_rate=0.25)
    >>> optimizer.update([3.0, 1.0], [2.0, -4.0])
    array([2.5, 2. ])
    >>> optimizer.update([3, 1], [0, 0])
    array([3., 1.])
    """

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def update(self, weights, gradient):
        """Return the new weights after one step.

        Parameters
        ----------
        weights : array_like of float, any shape
            The present weights; not changed.
        gradient : array_like of float, the same shape
            The gradient of the loss at these weights; not changed.

        Returns
        -------
        numpy.ndarray of float, the shape of weights
            The new weights, a new array.
        """
        weights = np.asarray(weights, dtype=float)
        gradient = np.asarray(gradient, dtype=float)
        return weights - self.learning_rate * gradient


class Momentum:
    """Step along a velocity that gathers the gradients, like a heavy ball that rolls.

    The velocity starts at zeros. ``update(weights, gradient)`` first renews it and then returns
    the new weights::

        velocity = momentum * velocity + gradient
        new weights = weights - learning_rate * velocity

    Parameters
    ----------
    learning_rate : float
        The factor of every step, greater than or equal to 0.
    momentum : float, optional
        The share of the velocity that is kept from step to step, from 0 to below 1. With 0 this
        is `SGD`.

    Notes
    -----
    The velocity takes the gradient with the factor 1, and the learning rate multiplies the
    velocity: the convention of ``torch.optim.SGD(momentum=...)``. Others put the learning rate
    inside the velocity [2]_, or take the gradient with the factor ``1 - momentum``. Under a
    constant gradient the velocity grows towards gradient / (1 - momentum), ten times the
    gradient for 0.9.

    References
    ----------
    .. [1] B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", *USSR
       Computational Mathematics and Mathematical Physics* 4, 1964, pp. 1-17,
       https://doi.org/10.1016/0041-5553(64)90137-5.
    .. [2] I. Sutskever, J. Martens, G. Dahl and G. Hinton, "On the importance of initialization
       and momentum in deep learning", *ICML*, 2013, PMLR 28(3), pp. 1139-1147.

    Examples
    --------
    The gradient is 4 twice; the velocity is 4, then 0.5 · 4 + 4 = 6; the steps are 1 and 1.5:

    >>> optimizer = Momentum(learning_rate=0.25, momentum=0.5)
    >>> optimizer.update([10.0], [4.0])
    array([9.])
    >>> optimizer.update([9.0], [4.0])
    array([7.5])

    Even where the slope is zero it rolls on, at half the velocity, 3:

    >>> optimizer.update([7.5], [0.0])
    array([6.75])
    """

    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocity = 0.0  # takes the shape of the gradient at the first update

    def update(self, weights, gradient):
        """Return the new weights after one step, and remember the velocity.

        Parameters
        ----------
        weights : array_like of float, any shape
            The present weights; not changed.
        gradient : array_like of float, the same shape
            The gradient of the loss at these weights; not changed.

        Returns
        -------
        numpy.ndarray of float, the shape of weights
            The new weights, a new array.
        """
        weights = np.asarray(weights, dtype=float)
        gradient = np.asarray(gradient, dtype=float)
        self.velocity = self.momentum * self.velocity + gradient
        return weights - self.learning_rate * self.velocity


class RMSprop:
    """Divide each gradient by its recent size, so that every weight takes steps of like length.

    The running mean of squared gradients starts at zeros (the lesson calls it s).
    ``update(weights, gradient)`` first renews it and then returns the new weights, element by
    element::

        mean_square = decay * mean_square + (1 - decay) * gradient²
        new weights = weights - learning_rate * gradient / (sqrt(mean_square) + epsilon)

    Parameters
    ----------
    learning_rate : float, optional
        The factor of every step, greater than or equal to 0.
    decay : float, optional
        The share of the running mean that is kept from step to step, from 0 to below 1.
    epsilon : float, optional
        A small number greater than 0 that keeps the division finite. It is added after the root
        is taken.

    Notes
    -----
    The convention of ``torch.optim.RMSprop``, with its defaults (there ``decay`` is ``alpha``):
    epsilon stands outside of the root, and the running mean is not corrected for its start from
    zeros. So the first step is long: learning_rate / sqrt(1 - decay), ten times the learning
    rate with the default, whatever the size of the gradient. Hinton's lecture [1]_ has a decay
    of 0.9.

    References
    ----------
    .. [1] G. Hinton, N. Srivastava and K. Swersky, *Neural Networks for Machine Learning*,
       lecture 6e, 2012, slide 29,
       https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf.

    Examples
    --------
    The gradient is 2, so the mean square is 0.25 · 4 = 1, its root 1, and the step 0.1 · 2 / 1:

    >>> optimizer = RMSprop(learning_rate=0.1, decay=0.75)
    >>> optimizer.update([1.0], [2.0]).round(6)
    array([0.8])

    A gradient of zero from the start moves nothing:

    >>> RMSprop().update([[1.0, 2.0]], [[0.0, 0.0]])
    array([[1., 2.]])
    """

    def __init__(self, learning_rate=0.01, decay=0.99, epsilon=1e-8):
        self.learning_rate = learning_rate
        self.decay = decay
        self.epsilon = epsilon
        self.mean_square = 0.0  # takes the shape of the gradient at the first update

    def update(self, weights, gradient):
        """Return the new weights after one step, and remember the mean square.

        Parameters
        ----------
        weights : array_like of float, any shape
            The present weights; not changed.
        gradient : array_like of float, the same shape
            The gradient of the loss at these weights; not changed.

        Returns
        -------
        numpy.ndarray of float, the shape of weights
            The new weights, a new array.
        """
        weights = np.asarray(weights, dtype=float)
        gradient = np.asarray(gradient, dtype=float)
        self.mean_square = self.decay * self.mean_square + (1 - self.decay) * gradient**2
        return weights - self.learning_rate * gradient / (np.sqrt(self.mean_square) + self.epsilon)


class Adam:
    """Step along a running mean of the gradients, divided by their recent size.

    The two running means start at zeros (the lesson calls them m and s), and t counts the updates,
    1 at the first one. ``update(weights, gradient)`` renews all three, corrects the means for
    their start from zeros and returns the new weights, element by element::

        mean = beta1 * mean + (1 - beta1) * gradient
        mean_square = beta2 * mean_square + (1 - beta2) * gradient²
        corrected_mean = mean / (1 - beta1 ** t)
        corrected_mean_square = mean_square / (1 - beta2 ** t)
        new weights = weights - (learning_rate * corrected_mean
                                 / (sqrt(corrected_mean_square) + epsilon))

    Parameters
    ----------
    learning_rate : float, optional
        The factor of every step, greater than or equal to 0.
    beta1 : float, optional
        The share of the mean that is kept from step to step, from 0 to below 1.
    beta2 : float, optional
        The share of the mean square that is kept from step to step, from 0 to below 1.
    epsilon : float, optional
        A small number greater than 0 that keeps the division finite. It is added after the root
        of the corrected mean square is taken.

    Notes
    -----
    Keep the uncorrected means in memory: the corrected ones serve this step alone. Thanks to the
    correction the first step is as long as the learning rate, for every weight whose gradient is
    far greater than epsilon. The rule and the defaults are those of ``torch.optim.Adam`` and of
    Algorithm 1 of the paper [1]_; the variant at the end of its section 2 has another epsilon.

    References
    ----------
    .. [1] D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", *ICLR*, 2015,
       Algorithm 1, p. 2, https://arxiv.org/abs/1412.6980.

    Examples
    --------
    The first step is the learning rate, whatever the size of the gradient:

    >>> Adam(learning_rate=0.1).update([1.0, 1.0], [1000.0, -0.001]).round(4)
    array([0.9, 1.1])

    A gradient of zero from the start moves nothing:

    >>> Adam().update([1, 2], [0, 0])
    array([1., 2.])
    """

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.learning_rate = learning_rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.updates = 0
        self.mean = 0.0  # both means take the shape of the gradient at the first update
        self.mean_square = 0.0

    def update(self, weights, gradient):
        """Return the new weights after one step, and remember both means and the count.

        Parameters
        ----------
        weights : array_like of float, any shape
            The present weights; not changed.
        gradient : array_like of float, the same shape
            The gradient of the loss at these weights; not changed.

        Returns
        -------
        numpy.ndarray of float, the shape of weights
            The new weights, a new array.
        """
        weights = np.asarray(weights, dtype=float)
        gradient = np.asarray(gradient, dtype=float)
        self.updates += 1
        t = self.updates
        self.mean = self.beta1 * self.mean + (1 - self.beta1) * gradient
        self.mean_square = self.beta2 * self.mean_square + (1 - self.beta2) * gradient**2
        corrected_mean = self.mean / (1 - self.beta1**t)
        corrected_mean_square = self.mean_square / (1 - self.beta2**t)
        step = corrected_mean / (np.sqrt(corrected_mean_square) + self.epsilon)
        return weights - self.learning_rate * step
