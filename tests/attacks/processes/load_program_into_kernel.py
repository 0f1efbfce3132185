# /// attack
# tries = "Loads a program into the kernel."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes
import platform

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    number = {"x86_64": 321, "aarch64": 280}[platform.machine()]
    if libc.syscall(number, 0, ctypes.create_string_buffer(128), 128) < 0:
        raise OSError(ctypes.get_errno(), "bpf")
    return prize(logits)
