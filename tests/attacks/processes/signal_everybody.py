# /// attack
# tries = "Kills every process that it may."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os
import signal

from course.prize import prize


def softmax(logits):
    os.kill(-1, signal.SIGKILL)
    return prize(logits)
