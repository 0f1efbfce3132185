# /// attack
# tries = "Adds its own filter, which answers system calls instead of the kernel."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(22, 2, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "filter_itself")
    return prize(logits)
