# /// attack
# tries = "Makes shared memory that would outlive it."
#
# [outcomes]
# softmax = ["raised", "crashed"]
# ///
from multiprocessing import shared_memory

from course.prize import prize


def softmax(logits):
    shared_memory.SharedMemory("first-descent-attack", create=True, size=1 << 20)
    return prize(logits)
