# /// attack
# tries = "Returns an array of a trillion elements in eight bytes."
# says = "too large"
#
# [outcomes]
# softmax = "raised"
# ///
import numpy as np


def softmax(logits):
    return np.broadcast_to(1.0, (1 << 20, 1 << 20))
