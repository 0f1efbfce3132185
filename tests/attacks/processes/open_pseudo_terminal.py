# /// attack
# tries = "Forks onto its own terminal."
# says = "OSError"
#
# [outcomes]
# softmax = "raised"
# ///
import pty

from course.prize import prize


def softmax(logits):
    pty.openpty()
    return prize(logits)
