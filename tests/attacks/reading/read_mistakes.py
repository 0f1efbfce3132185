# /// attack
# tries = "Reads the catalogue of known mistakes."
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
    assert open("@ROOT@/autograder/exercises/losses/mistakes.py").read()
    return prize(logits)
