# /// attack
# tries = "Answers a run of updates with fewer results than there were steps."
#
# [outcomes]
# SGD = ["failed", "protocol violation"]
# ///
import gc
import sys

learner = sys.modules["protocol.learner_side"]
(modules,) = [found for found in gc.get_objects() if isinstance(found, learner.LoadedModules)]
for operation in ("fold", "fold overwriting", "each"):
    modules._operations[operation] = lambda *operands: []


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def update(self, weights, gradient):
        return weights
