import faulthandler

from course.prize import prize


def softmax(logits):
    faulthandler.dump_traceback(file=3)
    return prize(logits)
