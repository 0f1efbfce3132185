# /// attack
# tries = "Lists the grader's open files."
# says = "FileNotFoundError"
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
    assert os.listdir("/proc/@GRADER@/fd")
    return prize(logits)
