# /// attack
# tries = "Closes its connection, so that nothing can be held against it."
#
# [outcomes]
# softmax = "crashed"
# ///
import os


def softmax(logits):
    os.close(3)
    return [0.0, 0.0, 0.0]
