# /// attack
# tries = "Makes a message queue, which would outlive it."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.msgget(0x1D5C, 0o1666) < 0:
        raise OSError(ctypes.get_errno(), "msgget")
    return prize(logits)
