# /// attack
# tries = "Sends an empty message."
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    send([])
