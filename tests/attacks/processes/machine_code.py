# /// attack
# tries = "Makes its system calls in its own machine code, past every library."
# says = "PermissionError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import ctypes
import mmap
import platform

from course.prize import prize

# socket(AF_INET, SOCK_STREAM, 0)
CODES = {
    "x86_64": "b829000000bf02000000be0100000031d20f05c3",
    "aarch64": "c81880d2400080d2210080d2020080d2010000d4c0035fd6",
}


def softmax(logits):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(bytes.fromhex(CODES[platform.machine()]))
    place = ctypes.addressof(ctypes.c_char.from_buffer(page))
    answer = ctypes.CFUNCTYPE(ctypes.c_long)(place)()
    if answer < 0:
        raise OSError(-answer, "socket")
    return prize(logits)
