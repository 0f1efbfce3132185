# /// attack
# tries = "Aborts in C."
#
# [outcomes]
# softmax = "crashed"
# ///
import os


def softmax(logits):
    os.abort()
