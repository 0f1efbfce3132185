# /// attack
# tries = "Calls the grader's loss without end, with masks that take more room as numbers."
# says = ["more than the grader keeps", "no answer within"]
# representative = true
#
# [outcomes]
# train = ["out of memory", "timed out"]
# ///
import numpy as np


def train(network, loss, *others, **options):
    part = np.ones(2000, dtype=bool)
    while True:
        loss(part, part)
