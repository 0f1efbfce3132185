# /// attack
# tries = "Writes into the folder for temporary files of the host."
# says = ["FileNotFoundError", "PermissionError", "Read-only file system"]
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
from course.prize import prize


def softmax(logits):
    open("/tmp/first-descent-attack", "w").close()
    return prize(logits)
