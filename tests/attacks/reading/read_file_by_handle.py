# /// attack
# tries = "Opens a file of the host by its handle, as escapes from containers do."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    handle = ctypes.create_string_buffer(b"\x08\0\0\0\x01\0\0\0\x02\0\0\0\0\0\0\0")
    if libc.open_by_handle_at(3, handle, 0) < 0:
        raise OSError(ctypes.get_errno(), "open_by_handle_at")
    return prize(logits)
