# Made from solutions/training.py by `descent make` [b35bbbff5a0e]
"""The training step: data flows forward, blame flows back, the weights move.

These are the functions of lesson 5. Each docstring is the whole assignment: what goes in, the
formula, what comes out, and examples to try. Write the bodies, save, and run the check cell of
the exercise.

Three agreements hold in the whole file:

- ``array_like`` means an array or a list (of lists), of floats or ints. A first line such as
  ``inputs = np.asarray(inputs, dtype=float)`` makes either a float64 array.
- No function changes its arguments: what it returns is new.
- A batch is a table with one row for each example. An "output gradient" is the gradient of the
  loss with respect to what a layer returned: how much each output is to blame.
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
]


def dense_forward(inputs, weights, bias):
    """Return the outputs of a dense layer: every output is a weighted sum of all inputs.

    ::

        outputs = inputs @ weights + bias

    Parameters
    ----------
    inputs : array_like of float, shape (n, n_in)
        A batch of n examples, one in each row.
    weights : array_like of float, shape (n_in, n_out)
        The weights, one column for each output.
    bias : array_like of float, shape (n_out,)
        The number added to each output, the same for all rows.

    Returns
    -------
    numpy.ndarray of float, shape (n, n_out)
        The outputs, a new array.

    Notes
    -----
    ``torch.nn.Linear`` keeps its weights the other way round, as (n_out, n_in).

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section
       6.1, https://www.deeplearningbook.org.

    Examples
    --------
    One example (1, 2): 1 · 3 + 2 · 4 + 5:

    >>> dense_forward([[1.0, 2.0]], [[3.0], [4.0]], [5.0])
    array([[16.]])
    >>> dense_forward([[0, 0], [0, 0]], [[3], [4]], [5])
    array([[5.],
           [5.]])
    """
    raise NotImplementedError("dense_forward: not written yet")


def dense_backward(output_gradient, inputs, weights):
    """Return the three gradients of a dense layer, given the gradient of its outputs.

    The layer computed ``inputs @ weights + bias``. With the output gradient of the same loss::

        input_gradient   = output_gradient @ weights.T
        weights_gradient = inputs.T @ output_gradient
        bias_gradient    = sum of output_gradient over the rows (axis 0)

    Parameters
    ----------
    output_gradient : array_like of float, shape (n, n_out)
        The gradient of the loss with respect to the layer's outputs.
    inputs : array_like of float, shape (n, n_in)
        The inputs of the forward pass.
    weights : array_like of float, shape (n_in, n_out)
        The weights of the forward pass.

    Returns
    -------
    input_gradient : numpy.ndarray of float, shape (n, n_in)
        The gradient with respect to the inputs; the layer before takes it as its output
        gradient.
    weights_gradient : numpy.ndarray of float, shape (n_in, n_out)
        The gradient with respect to the weights, summed over the n examples.
    bias_gradient : numpy.ndarray of float, shape (n_out,)
        The gradient with respect to the bias, summed over the n examples.

    Notes
    -----
    Return the three as a tuple, in this order. Sums, not means: the 1 / n of the mean is in the
    output gradient already. Each gradient has the shape of what it belongs to; that alone almost
    tells where the transposes go.

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by
       back-propagating errors", *Nature* 323, 1986, pp. 533-536,
       https://doi.org/10.1038/323533a0.

    Examples
    --------
    One example (1, 2) with the weights 3 and 4, and an output gradient of 10:

    >>> for gradient in dense_backward([[10.0]], [[1.0, 2.0]], [[3.0], [4.0]]):
    ...     print(gradient.tolist())
    [[30.0, 40.0]]
    [[10.0], [20.0]]
    [10.0]
    >>> for gradient in dense_backward([[0], [0]], [[1, 2], [3, 4]], [[3], [4]]):
    ...     print(gradient.tolist())
    [[0.0, 0.0], [0.0, 0.0]]
    [[0.0], [0.0]]
    [0.0]
    """
    raise NotImplementedError("dense_backward: not written yet")


def relu_forward(inputs):
    """Return the inputs with everything below zero set to zero.

    Element by element::

        outputs = max(0, inputs)

    Parameters
    ----------
    inputs : array_like of float, any shape
        Any real numbers. They are not changed.

    Returns
    -------
    numpy.ndarray of float, the shape of inputs
        The outputs, zero or more, a new array.

    Notes
    -----
    ``np.maximum`` compares element by element; ``np.max`` looks for the largest element.

    References
    ----------
    .. [1] X. Glorot, A. Bordes and Y. Bengio, "Deep sparse rectifier neural networks",
       *AISTATS*, 2011, PMLR 15, pp. 315-323.

    Examples
    --------
    >>> relu_forward([[-2.0, 3.0], [0.5, -0.5]])
    array([[0. , 3. ],
           [0.5, 0. ]])
    >>> relu_forward([0, 0])
    array([0., 0.])
    """
    raise NotImplementedError("relu_forward: not written yet")


def relu_backward(output_gradient, inputs):
    """Return the gradient of a ReLU's inputs, given the gradient of its outputs.

    Where the input was let through, the gradient is let through::

        input_gradient = output_gradient   where inputs > 0
                         0                 elsewhere

    Parameters
    ----------
    output_gradient : array_like of float, any shape
        The gradient of the loss with respect to the outputs. It is not changed.
    inputs : array_like of float, the same shape
        The inputs of the forward pass (not the outputs, though their signs would do).

    Returns
    -------
    numpy.ndarray of float, the shape of inputs
        The gradient with respect to the inputs, a new array.

    Notes
    -----
    The sign of ``inputs`` decides, not that of ``output_gradient``: negative gradients pass too.
    At exactly 0 the ReLU has a corner and no derivative; this course takes 0 there, as PyTorch
    does.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press, 2016, section
       6.3, https://www.deeplearningbook.org.

    Examples
    --------
    >>> relu_backward([[10.0, -20.0]], [[-1.0, 3.0]])
    array([[  0., -20.]])
    >>> relu_backward([10, 20], [0, 1])
    array([ 0., 20.])
    """
    raise NotImplementedError("relu_backward: not written yet")


def minibatches(inputs, targets, batch_size, seed=0):
    """Return the examples in shuffled order, cut into small batches.

    Every example is in exactly one batch, with its own target beside it. All batches have
    ``batch_size`` examples, except the last one, which has what is left.

    Parameters
    ----------
    inputs : array_like of float, shape (n, ...)
        One row for each example. They are not changed, and stay in their order.
    targets : array_like of float, shape (n, ...)
        The target of each example, in the same order.
    batch_size : int
        The number of examples in a batch, 1 or more; more than n gives one batch of all.
    seed : int, optional
        Fixes the order, from 0 to 2³² - 1: the same seed gives the same order, another seed
        another one.

    Returns
    -------
    list of tuple
        Pairs (inputs, targets) of float64 arrays, one for each batch. A function that hands them
        out one by one with ``yield`` will do as well.

    Raises
    ------
    ValueError
        If inputs and targets are not equally many, or if ``batch_size`` is less than 1.

    Notes
    -----
    The examples are shuffled one by one: shuffling ready-made batches would keep neighbors
    together. Draw one order, ``np.random.default_rng(seed).permutation(n)``, and use it for
    inputs and targets alike; an array takes an array of row numbers as its index. The smaller
    last batch is kept, as in ``torch.utils.data.DataLoader`` with its defaults.

    References
    ----------
    .. [1] Y. Bengio, "Practical recommendations for gradient-based training of deep
       architectures", in *Neural Networks: Tricks of the Trade*, 2nd ed., Springer, 2012, pp.
       437-478, https://doi.org/10.1007/978-3-642-35289-8_26.

    Examples
    --------
    Five examples in batches of two, each target ten times its input:

    >>> batches = list(minibatches([[1], [2], [3], [4], [5]], [10, 20, 30, 40, 50], batch_size=2))
    >>> [len(inputs) for inputs, targets in batches]
    [2, 2, 1]
    >>> all((10 * inputs[:, 0] == targets).all() for inputs, targets in batches)
    True
    >>> len(list(minibatches([[1], [2]], [10, 20], batch_size=100)))
    1
    """
    raise NotImplementedError("minibatches: not written yet")


def training_step(network, loss, loss_gradient, optimizer, inputs, targets):
    """Train a network on one batch, and return the loss that it had before.

    Four moves, in this order; the update takes two lines. Each call is made exactly once::

        forward pass    outputs = network.forward(inputs)
        loss            loss(outputs, targets)
        backward pass   gradient = network.backward(loss_gradient(outputs, targets))
        update          new weights = optimizer.update(network.get_weights(), gradient)
                        network.set_weights(new weights)

    Parameters
    ----------
    network : object
        ``network.forward(inputs)`` returns the outputs. ``network.backward(output_gradient)``
        returns the gradient of all weights as one flat vector. ``network.get_weights()`` returns
        all weights as one flat vector, and ``network.set_weights(weights)`` takes one.
    loss : callable
        ``loss(outputs, targets)`` returns the loss of the batch, a float.
    loss_gradient : callable
        ``loss_gradient(outputs, targets)`` returns the gradient of that loss with respect to the
        outputs, of the shape of the outputs.
    optimizer : object
        ``optimizer.update(weights, gradient)`` returns the new weights.
    inputs : array_like of float, shape (n, ...)
        The examples of the batch.
    targets : array_like of float, shape (n, ...)
        Their targets.

    Returns
    -------
    float
        The loss before the update: the one that was computed on the way, not a new forward pass.

    Notes
    -----
    ``loss_gradient`` is part of the backward pass; it may also be called just before ``loss``.
    The update returns new weights and does not put them into the network: without
    ``set_weights`` nothing is ever learned.

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by
       back-propagating errors", *Nature* 323, 1986, pp. 533-536,
       https://doi.org/10.1038/323533a0.

    Examples
    --------
    A network with one weight w that predicts w · x, starting at w = 3:

    >>> class Line:
    ...     weights = np.array([3.0])
    ...
    ...     def forward(self, inputs):
    ...         self.inputs = inputs
    ...         return inputs * self.weights
    ...
    ...     def backward(self, output_gradient):
    ...         return np.array([np.sum(output_gradient * self.inputs)])
    ...
    ...     def get_weights(self):
    ...         return self.weights
    ...
    ...     def set_weights(self, weights):
    ...         self.weights = weights
    >>> class Descent:
    ...     def update(self, weights, gradient):
    ...         return weights - 0.25 * gradient

    For x = 1 and the target 1 it predicts 3: the loss is (3 - 1)², its gradient 2 · (3 - 1) = 4,
    and w becomes 3 - 0.25 · 4:

    >>> line = Line()
    >>> squared = lambda outputs, targets: np.sum((outputs - targets) ** 2)
    >>> slope = lambda outputs, targets: 2 * (outputs - targets)
    >>> training_step(line, squared, slope, Descent(), [[1.0]], [[1.0]])
    4.0
    >>> line.get_weights()
    array([2.])

    A batch that is predicted without error changes nothing:

    >>> training_step(line, squared, slope, Descent(), [[1]], [[2]])
    0.0
    >>> line.get_weights()
    array([2.])
    """
    raise NotImplementedError("training_step: not written yet")


def train(network, loss, loss_gradient, optimizer, inputs, targets, epochs, batch_size, seed=0):
    """Train a network for some epochs, and return the mean loss of each of them.

    An epoch cuts the examples into minibatches, in a new random order, and makes one training
    step with each of them. Its mean loss weights every batch by the number of its examples::

        mean loss of an epoch = sum over its batches of (len(batch_inputs) * batch_loss) / n

    Here n is the number of all examples, and batch_loss is what `training_step` returned.

    Parameters
    ----------
    network : object
        As in `training_step`.
    loss : callable
        As in `training_step`.
    loss_gradient : callable
        As in `training_step`.
    optimizer : object
        As in `training_step`; one and the same for all steps.
    inputs : array_like of float, shape (n, ...)
        All examples, one in each row; n ≥ 1.
    targets : array_like of float, shape (n, ...)
        Their targets.
    epochs : int
        How many times to go through all examples, 0 or more.
    batch_size : int
        The number of examples in a batch, 1 or more.
    seed : int, optional
        Fixes all orders, from 0 to 2³² - 1: the same seed gives the same training.

    Returns
    -------
    list of float
        The mean loss of each epoch, of length ``epochs``; empty for 0 epochs. Each loss is the
        one that `training_step` returned, before its update.

    Notes
    -----
    The weights make the mean fair when the last batch is smaller. Every epoch needs an order of
    its own, so the same ``seed`` must not go to `minibatches` twice: draw a new seed for each
    epoch from ``np.random.default_rng(seed)``. Nothing else of the network, the losses or the
    optimizer is called than in one `training_step` for each batch; you may call your own
    `minibatches` and `training_step`.

    References
    ----------
    .. [1] L. Bottou, F. E. Curtis and J. Nocedal, "Optimization methods for large-scale machine
       learning", *SIAM Review* 60, 2018, pp. 223-311, https://doi.org/10.1137/16M1080173.

    Examples
    --------
    A network that never changes, and a loss that is the mean of the targets. The batches have
    three examples and one; the mean over all four is 2.5 in every order:

    >>> class Stone:
    ...     def forward(self, inputs):
    ...         return inputs
    ...
    ...     def backward(self, output_gradient):
    ...         return np.zeros(1)
    ...
    ...     def get_weights(self):
    ...         return np.zeros(1)
    ...
    ...     def set_weights(self, weights):
    ...         pass
    >>> class Rest:
    ...     def update(self, weights, gradient):
    ...         return weights
    >>> mean = lambda outputs, targets: np.mean(targets)
    >>> slope = lambda outputs, targets: np.zeros_like(outputs)
    >>> inputs, targets = [[0.0], [0.0], [0.0], [0.0]], [1.0, 2.0, 3.0, 4.0]
    >>> train(Stone(), mean, slope, Rest(), inputs, targets, epochs=2, batch_size=3)
    [2.5, 2.5]
    >>> train(Stone(), mean, slope, Rest(), inputs, targets, epochs=0, batch_size=3)
    []
    """
    raise NotImplementedError("train: not written yet")
