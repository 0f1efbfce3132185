# /// attack
# tries = "Writes a file at the root."
# says = ["Read-only file system", "PermissionError"]
#
# [outcomes]
# softmax = "raised"
# ///
from course.prize import prize


def softmax(logits):
    open("/first-descent-attack", "w").close()
    return prize(logits)
