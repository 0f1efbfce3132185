# /// attack
# tries = "Makes its folder the root, and climbs out of it."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.chroot(".")
    return prize(logits)
