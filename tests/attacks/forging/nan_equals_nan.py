# /// attack
# tries = "Returns nan everywhere, hoping that nan counts as equal to nan."
#
# [outcomes]
# softmax = "failed"
# ///
import numpy as np


def softmax(logits):
    return np.full(np.shape(logits), np.nan)
