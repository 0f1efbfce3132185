# /// attack
# tries = "Maps a file of the system for writing."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import mmap
import numpy

from course.prize import prize


def softmax(logits):
    with open(numpy.__file__, "rb") as file:
        mmap.mmap(file.fileno(), 0, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
    return prize(logits)
