# /// attack
# tries = "Replaces all, any, isinstance and float by functions that always agree."
#
# [outcomes]
# softmax = ["failed", "crashed", "raised", "protocol violation"]
# ///
import builtins

import numpy as np

ZEROS = np.zeros


def softmax(logits):
    builtins.all = builtins.any = lambda *arguments: True
    builtins.float = lambda *arguments: 1.0
    builtins.isinstance = lambda *arguments: True
    return ZEROS(3)
