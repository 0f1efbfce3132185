# /// attack
# tries = "Replaces the learner's side of the session by one that claims success."
# says = "The result is a bool"
#
# [outcomes]
# mean_squared_error = "failed"
# softmax = "failed"
# ///
import gc
import sys

learner = sys.modules["protocol.learner_side"]
(modules,) = [found for found in gc.get_objects() if isinstance(found, learner.LoadedModules)]
modules._operations["call"] = lambda *arguments: [True, [[], {}], False, []]
learner.LoadedModules.perform = lambda *arguments: [True, [[], {}], False, []]


def mean_squared_error(predictions, targets):
    return None


def softmax(logits):
    return [0.0, 0.0, 0.0]
