# /// attack
# tries = "Sets the clock of the machine."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import time

from course.prize import prize


def softmax(logits):
    time.clock_settime(time.CLOCK_REALTIME, time.time() + 3600)
    return prize(logits)
