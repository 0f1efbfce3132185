# /// attack
# tries = "Sends an invented message that claims the points."
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["passed", question(), 3.0])
    return [0.0, 0.0, 0.0]
