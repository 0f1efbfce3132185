# /// attack
# tries = "Returns an object that turns into an array of its choice."
#
# [outcomes]
# softmax = "failed"
# ///
import numpy as np


class Changing:
    times = 0

    @property
    def __array_interface__(self):
        Changing.times += 1
        kept = np.full(3, float(Changing.times))
        return kept.__array_interface__

    def __array__(self, *arguments, **keywords):
        Changing.times += 1
        return np.full(3, float(Changing.times))


def softmax(logits):
    return Changing()
