from course.frames import send


def softmax(logits):
    send(b"\xc1\xc1\xc1")
