import numpy as np


def softmax(logits):
    return np.zeros(np.shape(logits))


def softmax_cross_entropy_gradient(logits, targets):
    return softmax(logits)
