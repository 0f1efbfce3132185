# /// attack
# tries = "Refuses to have its own function replaced, or puts it back."
#
# [outcomes]
# softmax = "failed"
# softmax_cross_entropy_gradient = "failed"
# ///
import sys
import types

import numpy as np


def softmax(logits):
    return np.zeros(np.shape(logits))


def softmax_cross_entropy_gradient(logits, targets):
    return softmax(logits)


class Stubborn(types.ModuleType):
    def __setattr__(self, name, value):
        raise MemoryError(name)


sys.modules[__name__].__class__ = Stubborn
