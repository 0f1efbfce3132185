# /// attack
# tries = "Sends the answer to an earlier question again."
# says = "The result is a float"
#
# [outcomes]
# softmax = "failed"
# ///
numbers = []
from course.frames import question, send


def softmax(logits):
    numbers.append(question())
    send(["returned", numbers[0], [0.0, None, None, None]])
    send(["returned", numbers[0], [0.0, None, None, None]])
    return [0.0, 0.0, 0.0]
