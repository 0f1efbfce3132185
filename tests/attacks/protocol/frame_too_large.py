# /// attack
# tries = "Sends a header that is a little too large."
# says = "too large"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    send(b"\xc4" * (1 << 20) + b"x")
