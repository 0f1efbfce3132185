# /// attack
# tries = "Makes memory that not even the kernel looks into."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(447, 0) < 0:
        raise OSError(ctypes.get_errno(), "make_secret_memory")
    return prize(logits)
