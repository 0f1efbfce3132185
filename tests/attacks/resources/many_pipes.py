# /// attack
# tries = "Makes pipes, which the kernel keeps buffers for."
# says = "Too many open files"
#
# [outcomes]
# softmax = "raised"
# ///
import os


def softmax(logits):
    return [os.pipe() for _ in range(100_000)]
