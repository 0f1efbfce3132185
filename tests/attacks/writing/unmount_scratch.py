# /// attack
# tries = "Unmounts its folder, to see what is beneath."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.umount2(b"/scratch", 2) < 0:
        raise OSError(ctypes.get_errno(), "umount2")
    return prize(logits)
