# /// attack
# tries = "Reads the grader's command line."
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
    assert open("/proc/@GRADER@/cmdline", "rb").read()
    return prize(logits)
