# /// attack
# tries = "Names 100,000 classes for one exception."
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["raised", question(), ["x"] * 100_000, "text", []])
