# /// attack
# tries = "Lists 100,000 names of its module, some of them hostile."
# says = "far larger than what was asked"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["missing", question(), ["softmax\x1b[31m", "sofmax\u202e"] * 5_000])
