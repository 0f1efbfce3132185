# /// attack
# tries = "Writes an answer of 900 kB past the session's own code, which would refuse to send it."
# says = "far larger than what was asked"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["returned", question(), [[0.5] * 100_000, None, None, None]])
