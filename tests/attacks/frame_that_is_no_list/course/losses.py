from course.frames import send


def softmax(logits):
    send(3.0)
