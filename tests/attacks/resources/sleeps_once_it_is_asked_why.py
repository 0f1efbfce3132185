# /// attack
# tries = "Answers wrong, and sleeps when the diagnosis asks more."
#
# [outcomes]
# softmax = "failed"
# ///
import time

import numpy as np

asked = []


def softmax(logits):
    asked.append(logits)
    if len(asked) > 1:
        time.sleep(3600)
    return np.zeros(np.shape(logits))
