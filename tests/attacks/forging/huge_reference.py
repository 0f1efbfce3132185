# /// attack
# tries = "Calls the reference that stands in for its own function with arguments that multiply."
#
# [outcomes]
# gradient_step = "failed"
# gradient_descent = ["raised", "timed out"]
# ///
import numpy as np


def gradient_step(weights, gradient, learning_rate):
    return np.zeros(np.shape(weights))


def gradient_descent(gradient, start, learning_rate, steps):
    long = np.ones((1900, 1), dtype=bool)
    while True:
        gradient_step(long, long.T, 1.0)
