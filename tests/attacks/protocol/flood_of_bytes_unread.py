# /// attack
# tries = "Fills the connection while nobody reads."
#
# [outcomes]
# softmax = ["protocol violation", "failed"]
# ///
import threading
from course.frames import send


def softmax(logits):
    thread = threading.Thread(target=lambda: [send(b"\xc0" * 1000) for _ in range(10**6)], daemon=True)
    thread.start()
    return [0.0, 0.0, 0.0]
