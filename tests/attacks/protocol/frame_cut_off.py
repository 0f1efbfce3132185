# /// attack
# tries = "Ends in the middle of a frame."
# says = "exit status 0"
#
# [outcomes]
# softmax = "crashed"
# ///
from course.frames import send


def softmax(logits):
    import os

    os.write(3, b"\x10\0\0\0\0\0\0\0\x93")
    os._exit(0)
