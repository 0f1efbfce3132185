# /// attack
# tries = "Returns an array whose every element is masked, so that no comparison fails."
#
# [outcomes]
# softmax = "failed"
# ///
import numpy as np


def softmax(logits):
    return np.ma.masked_all(np.shape(logits))
