# /// attack
# tries = "Gives an optimizer once, and numbers to whoever asks again."
#
# [outcomes]
# Adam = "failed"
# ///
import numpy as np

made = []


class Adam:
    def __new__(cls, *settings, **named):
        made.append(settings)
        return object.__new__(cls) if len(made) == 1 else 4.0

    def update(self, weights, gradient):
        return np.asarray(weights) * 2.0
