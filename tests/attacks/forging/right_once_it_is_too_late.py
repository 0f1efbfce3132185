# /// attack
# tries = "Answers the first question wrong and all later ones right, those of the diagnosis too."
#
# [outcomes]
# softmax = "failed"
# ///
import numpy as np

from course.prize import prize

asked = []


def softmax(logits):
    asked.append(logits)
    return np.zeros(np.shape(logits)) if len(asked) == 1 else prize(logits)
