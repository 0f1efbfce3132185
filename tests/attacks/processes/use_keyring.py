# /// attack
# tries = "Reads the keys that the kernel keeps for its user."
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
    number = {"x86_64": 250, "aarch64": 219}[platform.machine()]
    if libc.syscall(number, 0, -4, 1) < 0:
        raise OSError(ctypes.get_errno(), "use_keyring")
    return prize(logits)
