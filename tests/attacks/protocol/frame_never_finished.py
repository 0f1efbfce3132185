# /// attack
# tries = "Begins a frame and never ends it."
# representative = true
#
# [outcomes]
# softmax = "timed out"
# ///
from course.frames import send


def softmax(logits):
    import os
    import time

    os.write(3, b"\x10\0\0\0\0\0\0\0\x93")
    time.sleep(3600)
