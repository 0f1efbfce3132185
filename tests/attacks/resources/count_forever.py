# /// attack
# tries = "Hangs in C on a sum without end."
#
# [outcomes]
# softmax = "timed out"
# ///
import itertools


def softmax(logits):
    return sum(itertools.count())
