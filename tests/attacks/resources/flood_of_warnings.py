# /// attack
# tries = "Warns a million times."
#
# [outcomes]
# softmax = ["timed out", "out of memory", "raised", "failed"]
# ///
import warnings

import numpy as np


def softmax(logits):
    for number in range(10**6):
        warnings.warn(f"number {number} " + "x" * 1000, stacklevel=1)
    return np.zeros(3)
