import pty

from course.prize import prize


def softmax(logits):
    pty.openpty()
    return prize(logits)
