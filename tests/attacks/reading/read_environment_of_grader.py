# /// attack
# tries = "Reads the grader's environment."
# says = "FileNotFoundError"
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
# ///
from course.prize import prize


def softmax(logits):
    assert b"DESCENT_SECRET" in open("/proc/@GRADER@/environ", "rb").read()
    return prize(logits)
