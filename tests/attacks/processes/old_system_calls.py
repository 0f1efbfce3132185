# /// attack
# tries = "Makes system calls by the numbers of another architecture."
# representative = true
#
# [outcomes]
# softmax = ["crashed", "raised"]
# ///
import ctypes
import mmap
import platform

import numpy as np

# getpid by the interrupt of 32-bit programs, whose numbers mean other calls here
CODES = {"x86_64": b"\xb8\x14\0\0\0\xcd\x80\xc3"}


def softmax(logits):
    code = CODES.get(platform.machine())
    if code is None:
        raise ProcessLookupError("no other architecture")
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    place = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(place)()
    return np.zeros(3)
