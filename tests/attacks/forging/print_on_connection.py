# /// attack
# tries = "Makes its connection standard output and prints success."
#
# [outcomes]
# softmax = ["protocol violation", "crashed", "timed out"]
# ///
import os


def softmax(logits):
    os.dup2(3, 1)
    print("passed 3.0 of 3.0 points", flush=True)
    return [0.0, 0.0, 0.0]
