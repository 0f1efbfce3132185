# /// attack
# tries = "Kills the process that started it."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os
import signal

from course.prize import prize


def softmax(logits):
    os.kill(os.getppid() or @GRADER@, signal.SIGKILL)
    return prize(logits)
