# /// attack
# tries = "Decides which loss it has chosen once it hears which one is right."
#
# [outcomes]
# choose_loss = ["failed", "protocol violation"]
# ///
import sys

learner = sys.modules["protocol.learner_side"]
last = []


def find_last(self, operation, *operands):
    if operation == "get" and last:
        return last[-1]
    return perform(self, operation, *operands)


perform = learner.LoadedModules.perform
learner.LoadedModules.perform = find_last


def mean_squared_error(predictions, targets):
    return 0.0


def binary_cross_entropy(probabilities, targets, epsilon=1e-12):
    return 0.0


def categorical_cross_entropy(probabilities, targets, epsilon=1e-12):
    return 0.0


def choose_loss(output_type):
    if output_type in ("continuous number", "two classes", "three or more classes"):
        last.append(lambda: output_type)
        return last[-1]
    raise ValueError("one of: continuous number, two classes, three or more classes")
