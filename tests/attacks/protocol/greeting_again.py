# /// attack
# tries = "Greets again, with a better report."
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    send(["hello", 99])
