from course.frames import send


def softmax(logits):
    send([])
