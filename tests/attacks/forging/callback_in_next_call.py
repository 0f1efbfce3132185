# /// attack
# tries = "Uses the function that it was given for one call in the next."
# score = 0.75
# says = "after its call was over"
#
# [outcomes]
# gradient_descent = "protocol violation"
# ///
import numpy as np

kept = []


def gradient_descent(gradient, start, learning_rate, steps):
    kept.append(gradient)
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * kept[0](path[-1]))
    return np.array(path)
