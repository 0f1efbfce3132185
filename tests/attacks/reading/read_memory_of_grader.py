# /// attack
# tries = "Opens the grader's memory as a file."
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
    open("/proc/@GRADER@/mem", "rb").close()
    return prize(logits)
