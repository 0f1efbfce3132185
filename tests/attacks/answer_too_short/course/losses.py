from course.frames import question, send


def softmax(logits):
    send(["returned", question()])
