# /// attack
# tries = "Gives pages of its memory to a pipe, as bugs of the kernel were used."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes
import os
import struct

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    _, writing = os.pipe()
    page = ctypes.create_string_buffer(4096)
    part = struct.pack("PN", ctypes.addressof(page), 4096)
    if libc.vmsplice(writing, part, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), "splice_pages")
    return prize(logits)
