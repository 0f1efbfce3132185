from course.frames import question, send


def softmax(logits):
    send(["missing", question(), ["softmax\x1b[31m", "sofmax\u202e"] * 5_000])
