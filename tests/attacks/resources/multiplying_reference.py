# /// attack
# tries = "Has the reference that stands in answer more each time, to be allowed still larger arguments."
# says = "far larger arguments"
#
# [outcomes]
# gradient_descent = "protocol violation"
# ///
import numpy as np


def gradient_step(weights, gradient, learning_rate):
    return np.zeros(np.shape(weights))


def gradient_descent(gradient, start, learning_rate, steps):
    for size in (900, 20_000):
        row = np.ones((1, size), dtype=bool)
        gradient_step(row, row.T, 1.0)
