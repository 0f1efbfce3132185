"""Hints for optimizers."""

HINTS = {
    "stochastic_gradient_descent": (
        "How many steps are there in an epoch, and how many of the points do you keep?",
        "Two loops: over epochs, and within each over the examples in a newly drawn order. "
        "Step after every example, keep the weights after every epoch.",
        "Make one generator with np.random.default_rng before the loops. The inner loop "
        "goes over its permutation(n_examples), with one step by example_gradient(weights, "
        "int(i)) each time. Put the weights into row epoch + 1 of the path once the inner "
        "loop has ended.",
    ),
    "SGD": (
        "What must the object remember between two updates?",
        "Only its learning rate. The update is the gradient step of lesson 2.",
        "__init__ keeps self.learning_rate; update makes float arrays of both and returns "
        "weights minus the learning rate times the gradient, as a new array.",
    ),
    "Momentum": (
        "Go through the example of the docstring with a pencil: velocity, step, velocity, "
        "step. What must survive from one update to the next?",
        "The velocity: it starts at zero, is renewed at each update from itself and the "
        "gradient, and then gives the step. The learning rate comes in at the step only.",
        "self.velocity = 0.0 in __init__ will do: a number takes the shape of the first "
        "array that it is added to. In update, self.velocity becomes momentum times itself "
        "plus the gradient; the return value is weights minus learning rate times velocity.",
    ),
    "RMSprop": (
        "Each weight gets its own step size. What does the optimizer measure for each of them?",
        "A running mean of the squared gradients: decay of the old one plus 1 − decay of "
        "the new square. The step is the gradient divided by its root.",
        "Renew self.mean_square first. Then divide learning_rate times gradient by "
        "(np.sqrt(self.mean_square) + epsilon): the epsilon is outside of the root, and "
        "the square uses gradient ** 2, element by element.",
    ),
    "Adam": (
        "It is momentum in the numerator and RMSprop in the denominator, and one thing more. "
        "Why are the means too small at first?",
        "Three things to remember: mean, mean of squares, number of updates k. Let every "
        "gradient be 1: how large is the mean after one, two, k updates? Divide by that share, "
        "in new variables; the memory stays as it is.",
        "self.k += 1 first. Renew both means, each with its own beta. As they start from zeros, "
        "they hold only 1 − beta ** k of their size, so corrected = mean / (1 - beta1 ** k), "
        "and likewise with beta2 for the squares. Step: learning_rate times the corrected mean "
        "over (root of the corrected square + epsilon).",
    ),
    "AdamW": (
        "You have written all of it but one line. What happens to the weights when the gradient "
        "is zero?",
        "Two moves at each update: first every weight shrinks by the same small share, then Adam "
        "makes its step from there. Only the weights shrink: the gradient goes to Adam as it is.",
        "In __init__ keep one Adam(learning_rate, beta1, beta2, epsilon), on self. In update "
        "multiply the weights by 1 − learning_rate · weight_decay, and return what that Adam's "
        "update makes of the product and the gradient.",
    ),
}
