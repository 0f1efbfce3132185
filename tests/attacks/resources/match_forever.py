# /// attack
# tries = "Hangs in C inside the regular expressions."
#
# [outcomes]
# softmax = "timed out"
# ///
import re


def softmax(logits):
    return re.match(r"(a+)+$", "a" * 64 + "!")
