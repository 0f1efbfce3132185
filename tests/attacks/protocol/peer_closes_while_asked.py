# /// attack
# tries = "Closes its connection while a question is under way."
#
# [outcomes]
# softmax = ["failed", "crashed"]
# ///
from course.frames import send


def softmax(logits):
    import threading
    import os

    threading.Timer(0.05, os.close, [3]).start()
    return None
