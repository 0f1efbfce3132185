# /// attack
# tries = "Answers the first question right, and all others with the same."
# score = 0.5
#
# [outcomes]
# softmax = "failed"
# ///
import numpy as np

from course.prize import prize

first = []


def softmax(logits):
    if not first:
        first.append(prize(logits))
    return np.resize(first[0], np.shape(logits))
