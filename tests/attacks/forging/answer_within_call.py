# /// attack
# tries = "Answers the present question twice."
# says = "The result is a bool"
#
# [outcomes]
# softmax = "failed"
# ///
from course.frames import question, send


def softmax(logits):
    send(["returned", question(), [True, None, None, None]])
    return [0.0, 0.0, 0.0]
