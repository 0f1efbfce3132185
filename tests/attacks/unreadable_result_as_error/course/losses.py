import numpy as np


def mean_squared_error(predictions, targets):
    if np.shape(predictions) != np.shape(targets):
        loop = []
        loop.append(loop)
        return loop
    return float(np.mean((np.asarray(predictions) - np.asarray(targets)) ** 2))
