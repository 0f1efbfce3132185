# /// attack
# tries = "Leaves threads that spin after the answer."
#
# [outcomes]
# softmax = ["failed", "timed out"]
# ///
import threading

import numpy as np


def spin():
    while True:
        pass


def softmax(logits):
    threading.Thread(target=spin, daemon=True).start()
    return np.zeros_like(logits, dtype=float)
