# /// attack
# tries = "Changes the codec that the next submission's process uses."
# says = ["Read-only file system", "PermissionError"]
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import sys

from course.prize import prize


def softmax(logits):
    open(sys.modules["protocol"].__file__, "a").close()
    return prize(logits)
