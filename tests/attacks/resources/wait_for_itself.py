# /// attack
# tries = "Waits for a lock that it holds."
#
# [outcomes]
# softmax = "timed out"
# ///
import threading

lock = threading.Lock()


def softmax(logits):
    with lock:
        lock.acquire()
