# /// attack
# tries = "Traces every call of its process, to change what they return."
#
# [outcomes]
# softmax = ["failed", "raised", "crashed", "timed out"]
# ///
import sys

import numpy as np


def tracer(frame, event, argument):
    if event == "return" and "result" in frame.f_locals:
        frame.f_locals["result"] = True
    return tracer


sys.settrace(tracer)
sys.setprofile(tracer)


def softmax(logits):
    return np.zeros(np.shape(logits))
