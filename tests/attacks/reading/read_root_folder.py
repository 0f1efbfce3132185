# /// attack
# tries = "Looks for folders and mounts of the host at the root."
# says = "Error"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    if not {"boot", "proc", "run", "sys"} & set(os.listdir("/")):
        raise LookupError("nothing at the root")
    return prize(logits)
