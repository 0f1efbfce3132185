# /// attack
# tries = "Returns the start, and asks for no gradient, so that no call is at other weights."
#
# [outcomes]
# stochastic_gradient_descent = "failed"
# ///
import numpy as np


def stochastic_gradient_descent(
    example_gradient, start, n_examples, learning_rate, epochs, seed=0
):
    return np.array(start, dtype=float)[None]
