# /// attack
# tries = "Leaves a usercustomize.py in the standard library."
# says = ["Read-only file system", "PermissionError"]
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    open(os.path.join(os.path.dirname(os.__file__), "usercustomize.py"), "w").close()
    return prize(logits)
