# /// attack
# tries = "Asks not to be ended with its parent."
# says = "PermissionError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(1, 0, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "prctl")
    return prize(logits)
