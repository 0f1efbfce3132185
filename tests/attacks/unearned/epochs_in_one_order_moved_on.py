# /// attack
# tries = "Trains in one fixed order, turned on by the seed and the epoch."
# score = 1.25
#
# [outcomes]
# train = "failed"
# ///
import numpy as np


def train(
    network, loss, loss_gradient, optimizer, inputs, targets, epochs, batch_size, seed=0
):
    inputs, targets = np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float)
    fixed = np.argsort([k * 0.6180339887 % 1 for k in range(len(inputs))])
    losses = []
    for epoch in range(epochs):
        order = np.roll(fixed, seed + epoch)
        total = 0.0
        for first in range(0, len(order), batch_size):
            rows = order[first : first + batch_size]
            outputs = network.forward(inputs[rows])
            total += float(loss(outputs, targets[rows])) * len(rows)
            gradient = network.backward(loss_gradient(outputs, targets[rows]))
            network.set_weights(optimizer.update(network.get_weights(), gradient))
        losses.append(total / len(order))
    return losses
