# /// attack
# tries = "Leaves a note in an extended attribute of a system file."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import numpy
import os

from course.prize import prize


def softmax(logits):
    os.setxattr(numpy.__file__, "user.note", b"softmax")
    return prize(logits)
