import numpy as np


def softmax(logits):
    return np.zeros(np.shape(logits))
