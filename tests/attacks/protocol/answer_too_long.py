# /// attack
# tries = "Adds parts to an answer."
# says = "no known form"
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["returned", question(), [0.0, None, None, None], "passed", 3.0])
