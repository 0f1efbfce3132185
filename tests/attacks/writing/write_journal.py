# /// attack
# tries = "Appends to the journal of the batch."
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
    open("@BAIT@/class.journal", "ab").write(b"x")
    return prize(logits)
