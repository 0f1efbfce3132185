# /// attack
# tries = "Makes a sparse file of a terabyte."
# says = "File too large"
#
# [outcomes]
# softmax = "raised"
# ///
import os


def softmax(logits):
    with open("sparse.bin", "wb") as file:
        os.truncate(file.fileno(), 1 << 40)
    raise RuntimeError("a terabyte was made")
