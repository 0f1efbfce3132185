# /// attack
# tries = "Makes a device node."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.mknod("zero", 0o20666, os.makedev(1, 5))
    return prize(logits)
