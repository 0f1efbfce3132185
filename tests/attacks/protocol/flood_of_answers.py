# /// attack
# tries = "Sends frames without end, each within its bounds."
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import send


def softmax(logits):
    while True:
        send(["call", 1, 0, [], [b"x" * 900_000], {}])
