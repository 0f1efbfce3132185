# /// attack
# tries = "Makes system calls through a ring, past the filter."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 8, ctypes.create_string_buffer(256)) < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")
    return prize(logits)
