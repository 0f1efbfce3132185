# /// attack
# tries = "Maps shared memory until there is no more."
#
# [outcomes]
# softmax = ["raised", "out of memory", "timed out"]
# ///
import mmap


def softmax(logits):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 64 << 20))
        kept[-1][0] = 1
