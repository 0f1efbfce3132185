# /// attack
# tries = "Returns many views of one number, which unfold as they are sent."
#
# [outcomes]
# softmax = ["raised", "out of memory", "timed out"]
# ///
import numpy as np


def softmax(logits):
    return [np.broadcast_to(1.0, (1 << 9, 1 << 9))] * 1000
