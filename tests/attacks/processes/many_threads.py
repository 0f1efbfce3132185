# /// attack
# tries = "Starts threads without end."
# representative = true
#
# [outcomes]
# softmax = ["raised", "out of memory", "crashed", "timed out"]
# ///
import threading
import time


def softmax(logits):
    while True:
        threading.Thread(target=time.sleep, args=(600,)).start()
