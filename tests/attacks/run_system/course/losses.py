import os

from course.prize import prize


def softmax(logits):
    if os.system("true") != 0:
        raise PermissionError("no command was run")
    return prize(logits)
