# /// attack
# tries = "Has all processors wait for each other, again and again."
#
# [outcomes]
# softmax = ["timed out", "raised"]
# ///
import ctypes
import platform

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    number = {"x86_64": 324, "aarch64": 283}[platform.machine()]
    while True:
        libc.syscall(number, 1, 0, 0)
