# /// attack
# tries = "Answers a question that was not asked."
# says = "an answer to no question"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["returned", question() + 1, [0.0, None, None, None]])
