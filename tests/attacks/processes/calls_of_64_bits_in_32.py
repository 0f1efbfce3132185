# /// attack
# tries = "Makes system calls by the numbers of the x32 programs, which a filter may forget."
#
# [outcomes]
# softmax = ["crashed", "raised"]
# ///
import ctypes
import platform

from course.prize import prize

X32 = 0x40000000


def softmax(logits):
    if platform.machine() != "x86_64":
        raise ProcessLookupError("no such numbers")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(X32 + 41, 2, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), "socket")
    return prize(logits)
