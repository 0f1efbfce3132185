import numpy as np


def softmax(logits):
    exponentials = np.exp(np.asarray(logits, dtype=float))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
