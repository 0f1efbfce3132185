# /// attack
# tries = "Stops itself, to be waited for."
#
# [outcomes]
# softmax = ["failed", "timed out", "raised"]
# ///
import os
import signal

import numpy as np


def softmax(logits):
    os.kill(os.getpid(), signal.SIGSTOP)
    return np.zeros_like(logits, dtype=float)
