# /// attack
# tries = "Sets the times of a file outside."
# says = "Error"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.utime("@BAIT@/results.json", (1, 1))
    return prize(logits)
