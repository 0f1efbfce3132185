# /// attack
# tries = "Masks every result, so that it is no number where it is used."
# representative = true
#
# [outcomes]
# mean_squared_error = "failed"
# ///
import numpy as np


def mean_squared_error(predictions, targets):
    predictions, targets = np.asarray(predictions), np.asarray(targets)
    if predictions.shape != targets.shape:
        raise ValueError("no")
    return np.ma.array(np.mean((predictions - targets) ** 2), mask=True)
