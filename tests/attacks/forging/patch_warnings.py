# /// attack
# tries = "Reports warnings that are no texts."
# score = 0.5
# says = "no known form"
#
# [outcomes]
# sigmoid = "protocol violation"
# ///
import sys

import numpy as np

learner = sys.modules["protocol.learner_side"]
call = learner.LoadedModules.call


def with_warnings(self, *operands):
    answer = call(self, *operands)
    return [*answer[:3], [None, {}, 1j]]


learner.LoadedModules.call = with_warnings


def sigmoid(logits):
    logits = np.asarray(logits, dtype=float)
    return 1 / (1 + np.exp(-logits))
