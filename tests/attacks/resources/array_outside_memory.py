# /// attack
# tries = "Returns an array whose elements are where it has no memory."
# says = "killed by signal 11"
#
# [outcomes]
# softmax = "crashed"
# ///
import ctypes

import numpy as np


def softmax(logits):
    return np.ctypeslib.as_array((ctypes.c_double * 3).from_address(16))
