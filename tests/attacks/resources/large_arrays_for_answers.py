# /// attack
# tries = "Answers each call with 15 MB."
# says = "UnreadableResult"
#
# [outcomes]
# softmax = "raised"
# ///
import numpy as np

LARGE = np.zeros(15_000_000 // 8)


def softmax(logits):
    return LARGE
