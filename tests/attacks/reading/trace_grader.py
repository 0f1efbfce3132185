# /// attack
# tries = "Attaches to the grader as a debugger."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(0x4206, @GRADER@, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    return prize(logits)
