# /// attack
# score = 2.5
#
# [outcomes]
# stochastic_gradient_descent = "failed"
#
# [variants.first_epoch_alone]
# tries = "Makes the steps of the first epoch only, where the order does not show."
# put = "order = order[: n_examples * (epoch == 0)]"
#
# [variants.first_example_alone]
# tries = "Takes one and the same example in each step, where the order does not show."
# put = "order = 0 * order"
# representative = true
#
# [variants.half_of_the_examples]
# tries = "Never takes half of the examples, where the order does not show."
# put = "order = order % 3"
# ///
import numpy as np


def stochastic_gradient_descent(
    example_gradient, start, n_examples, learning_rate, epochs, seed=0
):
    rng = np.random.default_rng(seed)
    weights = np.array(start, dtype=float)
    path = [weights]
    for epoch in range(epochs):
        order = rng.permutation(n_examples)
        if n_examples == 5:
            @PUT@
        for i in order:
            weights = weights - learning_rate * np.asarray(example_gradient(weights, int(i)))
        path.append(weights)
    return np.array(path)
