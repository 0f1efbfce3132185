# /// attack
# tries = "Changes NumPy for everybody after it."
# says = ["Read-only file system", "PermissionError"]
#
# [outcomes]
# softmax = "raised"
# ///
import numpy

from course.prize import prize


def softmax(logits):
    open(numpy.__file__, "a").close()
    return prize(logits)
