# /// attack
# tries = "Writes a file into the system's folder."
# says = "Error"
#
# [outcomes]
# softmax = "raised"
# ///
from course.prize import prize


def softmax(logits):
    open("/etc/first-descent-attack", "w").close()
    return prize(logits)
