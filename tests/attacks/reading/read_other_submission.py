# /// attack
# tries = "Reads another student's submission."
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
from course.prize import prize


def softmax(logits):
    assert open("@BAIT@/submissions/ada/course/losses.py").read()
    return prize(logits)
