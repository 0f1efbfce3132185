# /// attack
# tries = "Gives an optimizer once, and an exception to whoever asks again."
#
# [outcomes]
# Adam = ["raised", "failed"]
# ///
import numpy as np

made = []


class Adam:
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        made.append(self)
        if len(made) > 1:
            raise RuntimeError("there is only one")

    def update(self, weights, gradient):
        return np.asarray(weights) * 2.0
