# /// attack
# tries = "Announces a frame of four gigabytes."
# says = "too large"
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    import os

    os.write(3, b"\xff" * 8)
