# /// attack
# tries = "Answers for a generator with something that is no list."
# says = "no known form"
#
# [outcomes]
# dense_forward = "failed"
# minibatches = "protocol violation"
# ///
import gc
import sys

learner = sys.modules["protocol.learner_side"]
(modules,) = [found for found in gc.get_objects() if isinstance(found, learner.LoadedModules)]
modules._operations["call"] = lambda *operands: ["all right", None, None, None]


def dense_forward(inputs, weights, bias):
    return None


def minibatches(inputs, targets, batch_size, seed=0):
    return []
