import os

from course.prize import prize


def softmax(logits):
    os.chroot(".")
    return prize(logits)
