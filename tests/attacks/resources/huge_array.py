# /// attack
# tries = "Fills the memory with an array."
# representative = true
#
# [outcomes]
# softmax = ["out of memory", "timed out"]
# ///
import numpy as np


def softmax(logits):
    return np.ones(1 << 33)
