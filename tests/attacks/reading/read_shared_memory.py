# /// attack
# tries = "Lists the shared memory of other processes."
# says = "AssertionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "Error"
# ///
import os

from course.prize import prize


def softmax(logits):
    assert os.path.isdir("/dev/shm") and os.listdir("/dev/shm") is not None
    return prize(logits)
