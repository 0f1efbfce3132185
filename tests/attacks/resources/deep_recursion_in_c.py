# /// attack
# tries = "Exhausts the stack of C."
#
# [outcomes]
# softmax = ["crashed", "raised", "out of memory", "timed out"]
# ///
import sys

sys.setrecursionlimit(10**9)


class Loop:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def softmax(logits):
    value = ()
    for _ in range(10**6):
        value = (value,)
    return hash(value)
