import numpy as np


def softmax(logits):
    return np.full(np.shape(logits), np.nan)
