# /// attack
# tries = "Looks for open files that the grader forgot to close."
# says = "LookupError"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def softmax(logits):
    found = [number for number in range(4, 4096) if is_open(number)]
    if not found:
        raise LookupError("no descriptor but its own")
    return prize(logits)
