# /// attack
# tries = "Writes into the grader's memory with process_vm_writev."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes
import struct

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    part = struct.pack("PN", 4096, 8)
    if libc.process_vm_writev(@GRADER@, part, 1, part, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), "write_memory_by_system_call")
    return prize(logits)
