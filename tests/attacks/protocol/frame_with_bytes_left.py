# /// attack
# tries = "Sends array bytes that belong to no array."
# says = "unused array bytes"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["returned", question(), 0.0], bytes(64))
