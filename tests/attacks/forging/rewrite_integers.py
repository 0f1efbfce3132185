# /// attack
# tries = "Makes its interpreter believe that two is three."
#
# [outcomes]
# softmax = ["crashed", "failed", "protocol violation"]
# ///
import ctypes

import numpy as np


def softmax(logits):
    for number in range(2, 6):  # the value of a small integer lies behind its header
        ctypes.c_uint32.from_address(id(number) + 24).value = number + 1
    return np.full(np.shape(logits), 1.0)
