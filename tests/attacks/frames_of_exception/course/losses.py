from course.frames import question, send


def softmax(logits):
    send(["raised", question(), ["ValueError"], "text", [["losses.py", "first", None, {}]]])
