# /// attack
# tries = "Becomes another program."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os
import sys

from course.prize import prize


def softmax(logits):
    os.execv(sys.executable, [sys.executable, "-c", "print()"])
    return prize(logits)
