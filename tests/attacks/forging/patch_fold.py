# /// attack
# tries = "Answers a run of updates with fewer results than there were steps."
#
# [outcomes]
# SGD = ["failed", "protocol violation"]
# ///
import sys

learner = sys.modules["protocol.learner_side"]
learner.LoadedModules.fold = learner.LoadedModules.each = lambda *arguments, **keywords: []


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def update(self, weights, gradient):
        return weights
