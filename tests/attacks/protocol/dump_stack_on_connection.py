# /// attack
# tries = "Has the interpreter write its own reports onto the connection."
# says = "is too large"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import faulthandler

from course.prize import prize


def softmax(logits):
    faulthandler.dump_traceback(file=3)
    return prize(logits)
