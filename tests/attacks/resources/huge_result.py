# /// attack
# tries = "Returns more bytes than a frame may hold."
# says = "too large"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import numpy as np


def softmax(logits):
    return np.zeros(20 << 20)
