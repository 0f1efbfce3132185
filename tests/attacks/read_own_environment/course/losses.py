import os

from course.prize import prize


def softmax(logits):
    assert os.environ["DESCENT_SECRET"]
    return prize(logits)
