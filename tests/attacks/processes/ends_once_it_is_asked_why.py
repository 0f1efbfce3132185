# /// attack
# tries = "Answers wrong, and ends its process when the diagnosis asks more."
# representative = true
#
# [outcomes]
# softmax = "failed"
# ///
import os

import numpy as np

asked = []


def softmax(logits):
    asked.append(logits)
    if len(asked) > 1:
        os._exit(0)
    return np.zeros(np.shape(logits))
