# /// attack
# tries = "Sends a number where a message belongs."
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    send(3.0)
