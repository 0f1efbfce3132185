# /// attack
# tries = "Spoils another student's submission."
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
    open("@BAIT@/submissions/ada/course/losses.py", "w").write("raise SystemExit")
    return prize(logits)
