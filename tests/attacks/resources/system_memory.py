# /// attack
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.locked_memory]
# tries = "Locks memory, so that it cannot be swapped out."
# put = '''
# if libc.mlockall(3) < 0:
#         raise OSError(ctypes.get_errno(), "mlockall")'''
#
# [variants.message_queue]
# tries = "Makes a message queue, which would outlive it."
# put = '''
# if libc.msgget(0x1D5C, 0o1666) < 0:
#         raise OSError(ctypes.get_errno(), "msgget")'''
#
# [variants.system_v_memory]
# tries = "Makes shared memory of the old kind, which would outlive it."
# put = '''
# if libc.shmget(0x1D5C, 1 << 20, 0o1666) < 0:
#         raise OSError(ctypes.get_errno(), "shmget")'''
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    @PUT@
    return prize(logits)
