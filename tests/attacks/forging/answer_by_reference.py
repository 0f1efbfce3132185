# /// attack
# tries = "Answers an exercise with the reference of the one that it builds on."
#
# [outcomes]
# softmax = "failed"
# softmax_cross_entropy_gradient = "failed"
# ///
import numpy as np


def softmax(logits):
    return np.zeros(np.shape(logits))


def softmax_cross_entropy_gradient(logits, targets):
    return softmax(logits)
