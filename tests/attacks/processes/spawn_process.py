# /// attack
# tries = "Starts a program by posix_spawn."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.posix_spawn("/bin/true", ["true"], {})
    return prize(logits)
