# /// attack
# tries = "Says neither yes nor no to the question whether memory is shared."
# score = 0.25
# says = "is not an answer"
#
# [outcomes]
# relu_forward = "protocol violation"
# ///
import sys

import numpy as np

sys.modules["protocol.learner_side"]._shares_memory = lambda *arguments: "no"


def relu_forward(inputs):
    return np.maximum(inputs, 0.0)
