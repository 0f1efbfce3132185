from course.frames import question, send


def softmax(logits):
    send(["raised", question(), [1, 2, 3], "text", []])
