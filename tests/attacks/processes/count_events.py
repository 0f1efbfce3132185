# /// attack
# tries = "Counts the events of the processor, which tell about other processes."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes
import platform
import struct

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    number = {"x86_64": 298, "aarch64": 241}[platform.machine()]
    attributes = struct.pack("<II14Q", 1, 120, 0, *[0] * 13)
    if libc.syscall(number, attributes, 0, -1, -1, 0) < 0:
        raise OSError(ctypes.get_errno(), "count_events")
    return prize(logits)
