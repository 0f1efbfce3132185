# /// attack
# tries = "Reads the grader's memory with process_vm_readv."
# says = "PermissionError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.process_vm_readv(@GRADER@, None, 0, None, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "process_vm_readv")
    return prize(logits)
