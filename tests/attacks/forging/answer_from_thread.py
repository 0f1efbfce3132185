# /// attack
# tries = "Sends answers from a thread, faster than the session can."
# representative = true
#
# [outcomes]
# softmax = ["protocol violation", "failed"]
# ///
import threading
import time
from course.frames import question, send


def softmax(logits):
    number = question()
    threading.Thread(target=lambda: [send(["returned", number, [1.0, None, None, None]])
                                     for _ in range(100)]).start()
    time.sleep(0.2)
    return [0.0, 0.0, 0.0]
