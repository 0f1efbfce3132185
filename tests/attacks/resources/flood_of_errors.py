# /// attack
# tries = "Writes to standard error without end."
#
# [outcomes]
# softmax = ["raised", "timed out"]
# ///
import os


def softmax(logits):
    while True:
        os.write(2, b"\x1b[2J" * 1000)
