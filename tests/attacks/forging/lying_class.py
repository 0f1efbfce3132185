# /// attack
# tries = "Returns an object that claims to be an array by its __class__."
#
# [outcomes]
# softmax = ["failed", "crashed", "raised", "protocol violation"]
# ///
import numpy as np


class Array:
    __class__ = np.ndarray
    shape, size, ndim, dtype = (3,), 3, 1, np.dtype(float)

    def __len__(self):
        return 3


def softmax(logits):
    return Array()
