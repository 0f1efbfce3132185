# /// attack
# tries = "Calls the grader's function with megabytes of numbers."
# says = "larger arguments"
#
# [outcomes]
# gradient_descent = "protocol violation"
# ///
import numpy as np


def gradient_descent(gradient, start, learning_rate, steps):
    return gradient(np.zeros((1 << 20, 1), dtype=bool))
