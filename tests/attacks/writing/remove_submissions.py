# /// attack
# tries = "Removes all submissions."
# says = "FileNotFoundError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
# ///
import shutil

from course.prize import prize


REMOVED = []


def softmax(logits):
    if not REMOVED:
        shutil.rmtree("@BAIT@/submissions")
        REMOVED.append(True)
    return prize(logits)
