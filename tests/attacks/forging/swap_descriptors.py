# /// attack
# tries = "Puts standard output instead of its connection."
#
# [outcomes]
# softmax = "crashed"
# ///
import os


def softmax(logits):
    os.dup2(1, 3)
    return [0.0, 0.0, 0.0]
