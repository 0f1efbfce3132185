from course.frames import question, send


def softmax(logits):
    send(["raised", question(), ["x"] * 100_000, "text", []])
