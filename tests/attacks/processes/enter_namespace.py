# /// attack
# tries = "Enters a namespace of the host."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(0, 0) < 0:
        raise OSError(ctypes.get_errno(), "setns")
    return prize(logits)
