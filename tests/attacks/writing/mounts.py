# /// attack
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.remount_writable]
# tries = "Mounts the system again, for writing."
# put = '''
# if libc.mount(b"none", b"/", None, 0x20 | 0x1000, None) < 0:
#         raise OSError(ctypes.get_errno(), "mount")'''
# representative = true
#
# [variants.unmount_scratch]
# tries = "Unmounts its folder, to see what is beneath."
# put = '''
# if libc.umount2(b"/scratch", 2) < 0:
#         raise OSError(ctypes.get_errno(), "umount2")'''
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    @PUT@
    return prize(logits)
