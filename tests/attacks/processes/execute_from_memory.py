# /// attack
# tries = "Executes a program from memory, without a file."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    descriptor = os.memfd_create("program")
    os.execve(descriptor, ["program"], {})
    return prize(logits)
