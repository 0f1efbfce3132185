# /// attack
# tries = "Opens a file system by the newer calls, which need no path."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(430, b"proc", 0) < 0:
        raise OSError(ctypes.get_errno(), "mount_by_descriptor")
    return prize(logits)
