# /// attack
# tries = "Reports fewer arguments after a call than went into it."
# score = 0.5
# says = "no known form"
#
# [outcomes]
# gradient_step = "protocol violation"
# ///
import sys

import numpy as np

learner = sys.modules["protocol.learner_side"]
call = learner.LoadedModules.call


def without_arguments(self, *operands):
    answer = call(self, *operands)
    return [answer[0], [[], {}], False, []] if answer[1] else answer


learner.LoadedModules.call = without_arguments


def gradient_step(weights, gradient, learning_rate):
    return np.asarray(weights) - learning_rate * np.asarray(gradient)
