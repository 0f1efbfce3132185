# /// attack
# tries = "Makes its connection signal the grader at every byte."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import fcntl

from course.prize import prize


def softmax(logits):
    fcntl.fcntl(3, fcntl.F_SETOWN, @GRADER@)
    return prize(logits)
