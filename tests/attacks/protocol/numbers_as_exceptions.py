# /// attack
# tries = "Names the classes of an exception by numbers."
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["raised", question(), [1, 2, 3], "text", []])
