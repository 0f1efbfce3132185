# /// attack
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.change_personality]
# tries = "Turns off the randomization of its addresses."
# put = "libc.personality(0x0040000)"
# without_walls = true
#
# [variants.enter_namespace]
# tries = "Enters a namespace of the host."
# put = "libc.setns(0, 0)"
#
# [variants.filter_itself]
# tries = "Adds its own filter, which answers system calls instead of the kernel."
# put = "libc.prctl(22, 2, 0, 0, 0)"
#
# [variants.make_secret_memory]
# tries = "Makes memory that not even the kernel looks into."
# put = "libc.syscall(447, 0)"
#
# [variants.mount_by_descriptor]
# tries = "Opens a file system by the newer calls, which need no path."
# put = 'libc.syscall(430, b"proc", 0)'
#
# [variants.new_user_namespace]
# tries = "Makes itself the administrator of a new namespace."
# put = "libc.unshare(0x10000000)"
# representative = true
#
# [variants.outlive_grader]
# tries = "Asks not to be ended with its parent."
# put = "libc.prctl(1, 0, 0, 0, 0)"
# without_walls = true
# representative = true
#
# [variants.take_descriptor]
# tries = "Takes an open file out of another process."
# put = "libc.syscall(438, 3, 0, 0)"
#
# [variants.watch_files]
# tries = "Watches what others do with their files."
# put = "libc.inotify_init1(0)"
# without_walls = true
# ///
import ctypes

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    if @PUT@ < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return prize(logits)
