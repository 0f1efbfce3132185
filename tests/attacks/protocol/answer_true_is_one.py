# /// attack
# tries = "Answers with True for a number, which equals 1."
# says = "an answer to no question"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    send(["returned", True, [0.0, None, None, None]])
