# /// attack
# tries = "Moves to the cores of other graders."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.sched_setaffinity(0, range(os.cpu_count()))
    return prize(logits)
