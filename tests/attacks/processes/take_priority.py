# /// attack
# tries = "Takes more of the processor than others get."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.setpriority(os.PRIO_PROCESS, 0, -20)
    return prize(logits)
