# /// attack
# tries = "Nests lists deeper than any reader goes."
# says = "nested too deeply"
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    inner = 0.0
    for _ in range(400):
        inner = [inner]
    send(["returned", question(), [inner, None, None, None]])
