# /// attack
# tries = "Has the kernel send signals later."
# says = "Operation not permitted"
#
# [outcomes]
# softmax = "raised"
# ///
import signal

from course.prize import prize


def softmax(logits):
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    return prize(logits)
