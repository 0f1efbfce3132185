# /// attack
# tries = "Recognizes the inputs of the open examples, and knows nothing else."
# score = 0.5
# representative = true
#
# [outcomes]
# softmax = "failed"
# ///
import numpy as np

KNOWN = {(0.0, np.log(2).round(6), np.log(5).round(6)): [0.125, 0.25, 0.625]}


def softmax(logits):
    key = tuple(np.ravel(logits).round(6))
    return np.reshape(KNOWN.get(key, np.zeros(np.size(logits))), np.shape(logits))
