import os

from course.prize import prize


def softmax(logits):
    assert os.path.isdir("/dev/shm") and os.listdir("/dev/shm") is not None
    return prize(logits)
