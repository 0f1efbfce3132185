import os

from course.prize import prize


def softmax(logits):
    os.sched_setaffinity(0, range(os.cpu_count()))
    return prize(logits)
