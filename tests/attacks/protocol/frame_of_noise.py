# /// attack
# tries = "Sends bytes that are no frame."
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    import os

    os.write(3, bytes(range(256)) * 4)
