"""Hints for layers, minibatches and training."""

HINTS = {
    "dense_forward": (
        "Write down the shapes: (n, n_in), (n_in, n_out), (n_out,). What fits with what?",
        "A matrix product adds up inputs times weights for each row; NumPy adds the bias to "
        "every row on its own.",
        "inputs @ (what?) + bias, after making float arrays of all three.",
    ),
    "dense_backward": (
        "Each gradient has the shape of what it belongs to. Which products of the arguments "
        "have these shapes?",
        "Blame flows back along the weights: an input is blamed through each of its weights. "
        "Each weight collects its input times the blame, over all rows. Each bias collects only "
        "the blame. Which transposes make the shapes fit?",
        "Three lines: output_gradient @ (transposed weights); (transposed inputs) @ "
        "output_gradient; output_gradient.sum(axis=0). Return them as a tuple, in this order.",
    ),
    "relu_forward": (
        "What happens to −2, to 0 and to 3?",
        "NumPy can compare all elements with 0 at once and take the larger one each time.",
        "np.maximum (not np.max) takes two things and keeps the larger one at each place: "
        "here 0.0, and the inputs as a float array.",
    ),
    "relu_backward": (
        "An input of −2 came out as 0. How much would the loss change if it were −1.9?",
        "Not at all, so there is no blame for it. An input that came through unchanged hands "
        "its blame on unchanged, whatever its sign.",
        "np.where takes a condition on inputs (are they above 0?), what to take where it holds, "
        "and what to take elsewhere.",
    ),
    "minibatches": (
        "How do you shuffle two arrays so that every example keeps its own target?",
        "Do not shuffle the arrays: draw one order of row numbers, cut it into pieces, and "
        "use each piece as an index into both.",
        "The order is a permutation of len(inputs) by np.random.default_rng(seed). With "
        "first in range(0, len(inputs), batch_size), the rows of a batch are order[first : "
        "first + …], and its pair is inputs and targets at these rows. The two ValueErrors "
        "come before.",
    ),
    "training_step": (
        "The docstring has five lines. Which of them produce something that a later one needs?",
        "The outputs serve the loss and its gradient. The gradient of the outputs goes into "
        "backward, the flat gradient into update, the new weights into set_weights. The "
        "loss waits until the end.",
        "Keep what forward(inputs) returns, and the loss of it. The gradient is what "
        "backward(…) makes of loss_gradient at the same outputs and targets. Then "
        "set_weights(…) of what update(…) makes of get_weights() and that gradient. Return "
        "the loss that you kept.",
    ),
    "train": (
        "You have both parts already: minibatches and training_step. What is left to do, "
        "apart from two loops?",
        "A new order in each epoch, so a new seed in each; and a mean in which a batch of 3 "
        "counts three times as much as a batch of 1.",
        "Make one np.random.default_rng before the loop; in each epoch let its "
        "integers(2**32) give the seed for minibatches, as an int. Add up len(batch_inputs) "
        "times the loss of each batch, divide by the number of all examples, append.",
    ),
    "largest_curvature": (
        "Multiply any vector by a matrix again and again: toward which direction does it turn? "
        "And how can you multiply by the Hessian if you can only ask for gradients?",
        "The gradient changes by the Hessian times the step, so two gradients a nudge apart, "
        "divided by their distance, are Hv. Keep v at length 1; then Σ v · Hv is the curvature "
        "along v, and Hv, shortened to length 1, is the next v.",
        "Draw v with np.random.default_rng(seed).normal(size=weights.shape) and divide it by its "
        "length, np.sqrt(np.sum(v ** 2)). In each step: the two gradients, each copied by "
        "np.array(…), at weights plus and minus nudge · v; their difference over 2 · nudge; if "
        "it is all zero, 0.0; the estimate; the next v. After the loop the last estimate, as a "
        "float.",
    ),
}
