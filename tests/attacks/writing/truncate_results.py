# /// attack
# tries = "Cuts the results of the class to nothing."
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
    os.truncate("@BAIT@/results.json", 0)
    return prize(logits)
