# /// attack
# tries = "Searches the frames above it for expected values."
# says = "LookupError"
#
# [outcomes]
# softmax = "raised"
# ///
import sys

from course.prize import prize


def softmax(logits):
    frame, names = sys._getframe(), set()
    while frame is not None:
        names |= set(frame.f_locals) | set(frame.f_globals)
        frame = frame.f_back
    if not names & {"expected", "criterion", "solutions", "expect_array", "seed", "judge"}:
        raise LookupError("nothing expected in the frames")
    return prize(logits)
