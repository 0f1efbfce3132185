# /// attack
# tries = "Returns a column of a million rows, which NumPy would broadcast against every row."
# says = "UnreadableResult"
#
# [outcomes]
# softmax = "raised"
# ///
import numpy as np


def softmax(logits):
    return np.full((1_000_000, 1), 0.5)
