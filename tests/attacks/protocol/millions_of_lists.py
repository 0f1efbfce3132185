# /// attack
# tries = "Sends hundreds of thousands of empty lists."
# says = "too many containers"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["returned", question(), [[[] for _ in range(200_000)], None, None, None]])
