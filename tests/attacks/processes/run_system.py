# /// attack
# tries = "Runs a command through the C library."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    if os.system("true") != 0:
        raise PermissionError("no command was run")
    return prize(logits)
