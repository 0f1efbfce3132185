# /// attack
# tries = "Reports warnings that are no texts."
# score = 0.5
# says = "no known form"
#
# [outcomes]
# sigmoid = "protocol violation"
# ///
import gc
import sys

import numpy as np

learner = sys.modules["protocol.learner_side"]
(modules,) = [found for found in gc.get_objects() if isinstance(found, learner.LoadedModules)]
call = modules._operations["call"]


def with_warnings(*operands):
    answer = call(*operands)
    return [*answer[:3], [None, {}, 1j]]


modules._operations["call"] = with_warnings


def sigmoid(logits):
    logits = np.asarray(logits, dtype=float)
    return 1 / (1 + np.exp(-logits))
