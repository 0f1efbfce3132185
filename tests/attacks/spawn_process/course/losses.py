import os

from course.prize import prize


def softmax(logits):
    os.posix_spawn("/bin/true", ["true"], {})
    return prize(logits)
