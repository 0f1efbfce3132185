# /// attack
# tries = "Sends a header that is no message."
# says = "malformed"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    send(b"\xc1\xc1\xc1")
