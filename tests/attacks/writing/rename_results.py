# /// attack
# tries = "Moves the results away."
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


MOVED = []


def softmax(logits):
    if not MOVED:
        os.rename("@BAIT@/results.json", "@BAIT@/gone.json")
        MOVED.append(True)
    return prize(logits)
