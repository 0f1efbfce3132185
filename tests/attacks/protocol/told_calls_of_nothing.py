# /// attack
# tries = "Tells of calls that are none, of functions that do not exist."
# says = "calls of no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    send(["told", [0, 2, 1], [[0, [], [["all"]]], [0, [], [["of"]]]]])
    return logits
