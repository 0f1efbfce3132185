# /// attack
# tries = "Locks memory, so that it cannot be swapped out."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mlockall(3) < 0:
        raise OSError(ctypes.get_errno(), "mlockall")
    return prize(logits)
