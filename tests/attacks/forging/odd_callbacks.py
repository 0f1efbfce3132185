# /// attack
# tries = "Calls the grader's functions with everything that they do not expect."
#
# [outcomes]
# training_step = ["failed", "raised", "timed out"] # hundreds of calls: on a busy machine their time is up
# ///
import numpy as np

ODD = [None, "x", b"x", {}, [[1.0], [1.0, 2.0]], 10**30, 1j, np.zeros((0, 3)), np.zeros((60000, 0)),
       float("nan"), object(), np.float32(1), [None], {"a": 1}, [[]] * 400]


def training_step(network, loss, loss_gradient, optimizer, inputs, targets):
    for part in (network.forward, network.backward, network.set_weights, loss, loss_gradient,
                 optimizer.update):
        for one in [*ODD, network, loss]:
            for arguments in ([], [one], [one, one], [one] * 9):
                try:
                    part(*arguments)
                except RuntimeError:
                    continue
    return 4.0
