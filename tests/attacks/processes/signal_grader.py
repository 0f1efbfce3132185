# /// attack
# tries = "Kills the grader."
# says = "PermissionError"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import os
import signal

from course.prize import prize


def softmax(logits):
    os.kill(@GRADER@, signal.SIGKILL)
    return prize(logits)
