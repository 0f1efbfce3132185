import numpy as np


def softmax(logits):
    return np.ma.masked_all(np.shape(logits))
