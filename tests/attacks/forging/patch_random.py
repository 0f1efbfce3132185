# /// attack
# tries = "Makes all random numbers equal, to know the inputs."
#
# [outcomes]
# softmax = "failed"
# ///
import random

import numpy as np

random.random = lambda: 0.5
np.random.default_rng = lambda *arguments: None


def softmax(logits):
    return np.full(np.shape(logits), 1 / 3)
