# /// attack
# tries = "Subtracts max(0, maximum), which is not enough far below zero."
# score = 2.25
#
# [outcomes]
# softmax = "failed"
# ///
import numpy as np


def softmax(logits):
    z = np.asarray(logits, dtype=float)
    shares = np.exp(z - np.maximum(0, z.max(axis=-1, keepdims=True)))
    return shares / shares.sum(axis=-1, keepdims=True)
