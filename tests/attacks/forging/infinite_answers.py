# /// attack
# tries = "Returns infinities, within any relative tolerance of themselves."
#
# [outcomes]
# mean_squared_error = "failed"
# softmax = "failed"
# ///
import numpy as np


def mean_squared_error(predictions, targets):
    return np.inf


def softmax(logits):
    return np.full(np.shape(logits), np.inf)
