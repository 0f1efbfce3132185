# /// attack
# tries = "Returns an array of a class whose comparisons always agree."
# representative = true
#
# [outcomes]
# softmax = ["failed", "raised", "crashed"]
# ///
import numpy as np


class Agreeing(np.ndarray):
    def __eq__(self, other):
        return True

    __hash__ = None

    def __array_ufunc__(self, function, method, *inputs, **keywords):
        return True

    def __array_function__(self, function, types, arguments, keywords):
        return True


def softmax(logits):
    return np.zeros(np.shape(logits)).view(Agreeing)
