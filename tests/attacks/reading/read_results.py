# /// attack
# tries = "Reads the results of the class."
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
    assert open("@BAIT@/results.json").read()
    return prize(logits)
