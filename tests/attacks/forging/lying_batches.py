# /// attack
# tries = "Yields batches whose parts change between two looks."
#
# [outcomes]
# minibatches = ["failed", "raised"]
# ///
import numpy as np


class Pair(tuple):
    def __iter__(self):
        return iter((np.zeros(2), np.zeros(2)))

    def __len__(self):
        return 2

    __eq__ = lambda self, other: True
    __hash__ = None


class Batches(list):
    def __iter__(self):
        return iter([Pair(), Pair()])

    def __len__(self):
        return 2


def minibatches(inputs, targets, batch_size, seed=0):
    return Batches()
