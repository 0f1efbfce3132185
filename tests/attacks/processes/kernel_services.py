# /// attack
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.handle_page_faults]
# tries = "Handles page faults by itself, to hold the kernel up where it likes."
# put = '''
# number = {"x86_64": 323, "aarch64": 282}[platform.machine()]
#     if libc.syscall(number, 1) < 0:
#         raise OSError(ctypes.get_errno(), "handle_page_faults")'''
# without_walls = true
#
# [variants.load_program_into_kernel]
# tries = "Loads a program into the kernel."
# put = '''
# number = {"x86_64": 321, "aarch64": 280}[platform.machine()]
#     if libc.syscall(number, 0, ctypes.create_string_buffer(128), 128) < 0:
#         raise OSError(ctypes.get_errno(), "bpf")'''
#
# [variants.use_keyring]
# tries = "Reads the keys that the kernel keeps for its user."
# put = '''
# number = {"x86_64": 250, "aarch64": 219}[platform.machine()]
#     if libc.syscall(number, 0, -4, 1) < 0:
#         raise OSError(ctypes.get_errno(), "use_keyring")'''
# without_walls = true
# ///
import ctypes
import platform

from course.prize import prize


def softmax(logits):
    libc = ctypes.CDLL(None, use_errno=True)
    @PUT@
    return prize(logits)
