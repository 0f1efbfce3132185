# /// attack
# tries = "Asks for the gradient without end."
#
# [outcomes]
# gradient_descent = ["timed out", "failed"]
# ///
import numpy as np


def gradient_descent(gradient, start, learning_rate, steps):
    while True:
        gradient(np.array(start, dtype=float))
