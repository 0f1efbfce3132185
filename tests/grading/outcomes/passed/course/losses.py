import numpy as np


def softmax(logits):
    logits = np.asarray(logits, dtype=float)
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
