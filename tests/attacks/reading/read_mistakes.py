# /// attack
# tries = "Lists the catalogue of known mistakes."
# says = "FileNotFoundError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
# ///
import os

from course.prize import prize


def softmax(logits):
    assert os.listdir("@ROOT@/autograder/mistakes")
    return prize(logits)
