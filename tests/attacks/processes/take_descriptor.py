# /// attack
# tries = "Takes an open file out of another process."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(438, 3, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "take_descriptor")
    return prize(logits)
