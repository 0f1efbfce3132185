# /// attack
# tries = "Becomes the administrator."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.setuid(0)
    return prize(logits)
