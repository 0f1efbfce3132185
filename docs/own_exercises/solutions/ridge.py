"""A loss that likes small weights."""

import numpy as np


def ridge_loss(predictions, targets, weights, strength):
    """Return the mean squared error and a penalty on the weights.

    The penalty is `strength` times the sum of the squared weights.
    """
    misses = np.asarray(predictions) - np.asarray(targets)
    return float(np.mean(misses**2) + strength * np.sum(np.asarray(weights) ** 2))
