# To begin again: `descent reset training` [073a4029bd4b]
"""The training step: data flows forward, blame flows back.

These are the functions of lesson 5. Each docstring is the whole
assignment: what goes in, what comes out, and an example. Where it
gives no formula, the lesson leads you to it, and the check tells you
whether you have found it. Write the bodies, save, and run the check
cell of the exercise.

Agreements for the whole file:

- ``array_like`` is an array or a list (of lists), of floats or ints.
  A first line such as ``inputs = np.asarray(inputs, dtype=float)``
  makes either a float64 array.
- No function changes its arguments: what it returns is new.
- A batch is a table with one row for each example. An "output
  gradient" is the gradient of the loss with respect to what a layer
  returned: how much each output is to blame.
"""

import numpy as np

__all__ = [
    "dense_forward",
    "dense_backward",
    "relu_forward",
    "relu_backward",
    "minibatches",
    "training_step",
    "train",
    "largest_curvature",
]


def dense_forward(inputs, weights, bias):
    """Return the outputs of a dense layer: weighted sums of all inputs.

    ::

        outputs = inputs @ weights + bias

    Parameters
    ----------
    inputs : array_like of float, shape (n, n_in)
        One row for each of n examples.
    weights : array_like of float, shape (n_in, n_out)
        One column for each output.
    bias : array_like of float, shape (n_out,)
        Added to each output, the same for all rows.

    Returns
    -------
    numpy.ndarray of float, shape (n, n_out)

    Examples
    --------
    >>> dense_forward([[1.0, 2.0]], [[3.0], [4.0]], [5.0])
    array([[16.]])
    """
    raise NotImplementedError("dense_forward: not written yet")


def dense_backward(output_gradient, inputs, weights):
    """Return the three gradients of a dense layer.

    Each says how fast the loss grows with what went into the layer, as
    ``output_gradient`` says it of what came out.

    - Each gradient has the shape of what it belongs to.
    - An input is blamed through all of its weights. A weight and a bias
      gather the blame of all n rows: sums, not means.

    Parameters
    ----------
    output_gradient : array_like of float, shape (n, n_out)
    inputs : array_like of float, shape (n, n_in)
    weights : array_like of float, shape (n_in, n_out)

    Returns
    -------
    input_gradient, weights_gradient, bias_gradient : numpy.ndarray

    Examples
    --------
    >>> parts = dense_backward([[10.0]], [[1.0, 2.0]], [[3.0], [4.0]])
    >>> [gradient.tolist() for gradient in parts]
    [[[30.0, 40.0]], [[10.0], [20.0]], [10.0]]
    """
    raise NotImplementedError("dense_backward: not written yet")


def relu_forward(inputs):
    """Return the inputs with everything below zero set to zero.

    Element by element::

        outputs = max(0, inputs)

    Parameters
    ----------
    inputs : array_like of float, any shape

    Returns
    -------
    numpy.ndarray of float, the shape of inputs
        A new array. ``np.maximum`` compares element by element;
        ``np.max`` looks for the largest element.

    Examples
    --------
    >>> relu_forward([[-2.0, 3.0], [0.5, -0.5]])
    array([[0. , 3. ],
           [0.5, 0. ]])
    """
    raise NotImplementedError("relu_forward: not written yet")


def relu_backward(output_gradient, inputs):
    """Return the gradient of a ReLU's inputs.

    It says how fast the loss grows with each input, if the output
    gradient says how fast it grows with each output.

    - An input that did not come through is not to blame.
    - What did come through came unchanged, and so does its blame,
      whatever the sign of the blame.
    - At exactly 0 there is a corner; this course takes 0 there.

    Parameters
    ----------
    output_gradient, inputs : array_like of float, any shape, the same
        The inputs are those of the forward pass.

    Returns
    -------
    numpy.ndarray of float, the shape of inputs
        The gradient with respect to the inputs, a new array.

    Examples
    --------
    >>> relu_backward([[10.0, -20.0]], [[-1.0, 3.0]])
    array([[  0., -20.]])
    """
    raise NotImplementedError("relu_backward: not written yet")


def minibatches(inputs, targets, batch_size, seed=0):
    """Return the examples in shuffled order, cut into small batches.

    The examples are shuffled one by one, each with its own target, in
    an order that follows from ``seed``. Each is in exactly one batch.
    All batches have ``batch_size`` examples, except for the last one,
    which has what is left. If inputs and targets differ in length, or
    if ``batch_size`` is less than 1, a ValueError is raised.

    Parameters
    ----------
    inputs, targets : array_like of float, shape (n, ...)
    batch_size : int
        More than n gives one batch of all.
    seed : int, optional

    Returns
    -------
    list of tuple
        Pairs (inputs, targets) of arrays; ``yield`` will do as well.

    Examples
    --------
    >>> [len(x) for x, t in minibatches([[1], [2], [3]], [1, 2, 3], 2)]
    [2, 1]
    """
    raise NotImplementedError("minibatches: not written yet")


def training_step(
    network, loss, loss_gradient, optimizer, inputs, targets
):
    """Train a network on one batch; return the loss it had before.

    Four moves, each call exactly once::

        outputs = network.forward(inputs)
        loss(outputs, targets)
        gradient = network.backward(loss_gradient(outputs, targets))
        weights = optimizer.update(network.get_weights(), gradient)
        network.set_weights(weights)

    Parameters
    ----------
    network : object
    loss, loss_gradient : callable
    optimizer : object
    inputs, targets : array_like of float, shape (n, ...)

    Examples
    --------
    >>> from unittest.mock import Mock  # puts up with any call
    >>> network = Mock(forward=lambda inputs: 3 * inputs)
    >>> squares = lambda outputs, targets: (outputs - targets) ** 2
    >>> training_step(network, squares, Mock(), Mock(), 1, 1)
    4.0
    """
    raise NotImplementedError("training_step: not written yet")


def train(
    network,
    loss,
    loss_gradient,
    optimizer,
    inputs,
    targets,
    epochs,
    batch_size,
    seed=0,
):
    """Train a network for some epochs; return the mean loss of each.

    An epoch cuts the examples into minibatches, in a new random order
    (the same seed must not go to `minibatches` twice), and makes one
    training step with each. Its mean loss weights every batch by its
    size; n is the number of all examples::

        sum over the batches of (len(batch_inputs) * batch_loss) / n

    Parameters
    ----------
    network, loss, loss_gradient, optimizer : as in `training_step`
    inputs, targets : array_like of float, shape (n, ...)
    epochs, batch_size : int
    seed : int, optional

    Returns
    -------
    list of float

    Examples
    --------
    >>> train(None, None, None, None, [[1.0]], [1.0], 0, batch_size=1)
    []
    """
    raise NotImplementedError("train: not written yet")


def largest_curvature(gradient, weights, steps, seed=0, nudge=1e-4):
    """Return the largest curvature of a loss, from gradients alone.

    It is the Hessian's eigenvalue of largest size, with its sign. From
    a random v of length 1 and the weights' shape, in each step::

        Hv = (gradient(weights + nudge * v)
              - gradient(weights - nudge * v)) / (2 * nudge)
        estimate = sum(v * Hv)
        next v = Hv / its length

    The last estimate counts. Where Hv is all zero, it is 0.0.

    Parameters
    ----------
    gradient : callable (copy its answer before you ask it again)
    weights : array_like of float, any shape
    steps : int
    seed : int, optional
    nudge : float, optional

    Examples
    --------
    >>> round(largest_curvature(lambda w: [3, -5] * w, [1, 2], 50), 6)
    -5.0
    """
    raise NotImplementedError("largest_curvature: not written yet")
