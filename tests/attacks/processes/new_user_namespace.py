# /// attack
# tries = "Makes itself the administrator of a new namespace."
# says = "PermissionError"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) < 0:
        raise OSError(ctypes.get_errno(), "unshare")
    return prize(logits)
