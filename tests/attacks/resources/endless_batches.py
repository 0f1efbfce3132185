# /// attack
# tries = "Yields batches without end."
#
# [outcomes]
# minibatches = ["out of memory", "timed out"]
# ///
def minibatches(inputs, targets, batch_size, seed=0):
    while True:
        yield inputs, targets
