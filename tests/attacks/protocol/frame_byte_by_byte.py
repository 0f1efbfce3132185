# /// attack
# tries = "Sends a frame so slowly that it is never whole."
#
# [outcomes]
# softmax = "timed out"
# ///
from course.frames import send


def softmax(logits):
    import os
    import time

    os.write(3, b"\xff\xff\0\0\0\0\0\0")
    while True:
        os.write(3, b"x")
        time.sleep(0.01)
