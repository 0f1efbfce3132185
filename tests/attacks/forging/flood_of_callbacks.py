# /// attack
# tries = "Makes the grader note thousands of calls with as much as they may hold."
#
# [outcomes]
# training_step = ["failed", "timed out", "out of memory"]
# ///
import numpy as np


def training_step(network, loss, loss_gradient, optimizer, inputs, targets):
    while True:
        try:
            network.forward(np.zeros(480))
        except RuntimeError:
            continue
