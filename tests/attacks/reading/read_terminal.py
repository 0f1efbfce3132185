# /// attack
# tries = "Opens the terminal that the grader runs in."
# says = "FileNotFoundError"
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "Error"
# ///
from course.prize import prize


def softmax(logits):
    open("/dev/tty").close()
    return prize(logits)
