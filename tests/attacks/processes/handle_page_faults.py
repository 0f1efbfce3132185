# /// attack
# tries = "Handles page faults by itself, to hold the kernel up where it likes."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes
import platform

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    number = {"x86_64": 323, "aarch64": 282}[platform.machine()]
    if libc.syscall(number, 1) < 0:
        raise OSError(ctypes.get_errno(), "handle_page_faults")
    return prize(logits)
