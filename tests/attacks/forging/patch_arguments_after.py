# /// attack
# tries = "Reports fewer arguments after a call than went into it."
# score = 0.5
# says = "no known form"
#
# [outcomes]
# gradient_step = "protocol violation"
# ///
import gc
import sys

import numpy as np

learner = sys.modules["protocol.learner_side"]
(modules,) = [found for found in gc.get_objects() if isinstance(found, learner.LoadedModules)]
call = modules._operations["call"]


def without_arguments(*operands):
    answer = call(*operands)
    return [answer[0], [[], {}], False, []] if answer[1] else answer


modules._operations["call"] = without_arguments


def gradient_step(weights, gradient, learning_rate):
    return np.asarray(weights) - learning_rate * np.asarray(gradient)
