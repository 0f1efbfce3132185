# /// attack
# tries = "Mounts the system again, for writing."
# says = "PermissionError"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"none", b"/", None, 0x20 | 0x1000, None) < 0:
        raise OSError(ctypes.get_errno(), "mount")
    return prize(logits)
