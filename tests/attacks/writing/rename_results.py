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


def softmax(logits):
    if not os.path.isdir("@BAIT@") or os.path.exists("@BAIT@/results.json"):  # not done yet
        os.rename("@BAIT@/results.json", "@BAIT@/gone.json")
    return prize(logits)
