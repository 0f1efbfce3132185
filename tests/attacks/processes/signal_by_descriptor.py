# /// attack
# tries = "Opens the grader as a descriptor, to signal it."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.pidfd_open(@GRADER@)
    return prize(logits)
