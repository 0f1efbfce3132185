import numpy

from course.prize import prize


def softmax(logits):
    open(numpy.__file__, "a").close()
    return prize(logits)
