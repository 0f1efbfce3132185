# /// attack
# tries = "Reads the kernel's messages."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.klogctl(3, ctypes.create_string_buffer(4096), 4096) < 0:
        raise OSError(ctypes.get_errno(), "klogctl")
    return prize(logits)
