# /// attack
# tries = "Makes the node of a disk and opens it."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.mknod("disk", 0o60600, os.makedev(254, 0))
    assert open("disk", "rb").read(512)
    return prize(logits)
