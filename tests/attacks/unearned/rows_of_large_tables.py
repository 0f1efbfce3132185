# /// attack
# score = 2.25
#
# [outcomes]
# minibatches = "failed"
#
# [variants.rows_twice]
# tries = "Puts one row into the batches twice, and another never."
# put = "order[-1] = order[0]"
#
# [variants.rows_unshuffled]
# tries = "Leaves tables whose rows are not numbers in their order."
# put = "order = np.arange(count)"
#
# [variants.rows_changed]
# tries = "Changes the values of tables whose rows are not numbers."
# put = "inputs = inputs + 0.001"
# ///
import numpy as np


def minibatches(inputs, targets, batch_size, seed=0):
    inputs, targets = np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float)
    count = len(inputs)
    if count != len(targets) or batch_size < 1:
        raise ValueError("no")
    order = np.random.default_rng(seed).permutation(count)
    if inputs.ndim > 2:
        @PUT@
    batches = [order[k : k + batch_size] for k in range(0, count, batch_size)]
    return [(inputs[rows], targets[rows]) for rows in batches]
