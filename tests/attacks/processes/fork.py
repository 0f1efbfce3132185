# /// attack
# tries = "Forks."
# says = "PermissionError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    if os.fork() == 0:
        os._exit(0)
    return prize(logits)
