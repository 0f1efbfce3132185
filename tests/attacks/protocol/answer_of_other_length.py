# /// attack
# tries = "Answers a call with more parts than a call has."
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["returned", question(), [0.0] * 9])
