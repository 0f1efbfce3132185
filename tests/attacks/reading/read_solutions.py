# /// attack
# tries = "Reads the solutions from the project's folder."
# says = "FileNotFoundError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
# ///
from course.prize import prize


def softmax(logits):
    assert open("@ROOT@/solutions/losses.py").read()
    return prize(logits)
