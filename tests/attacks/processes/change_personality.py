# /// attack
# tries = "Turns off the randomization of its addresses."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.personality(0x0040000) < 0:
        raise OSError(ctypes.get_errno(), "change_personality")
    return prize(logits)
