# /// attack
# tries = "Makes shared memory of the old kind, which would outlive it."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.shmget(0x1D5C, 1 << 20, 0o1666) < 0:
        raise OSError(ctypes.get_errno(), "shmget")
    return prize(logits)
