# /// attack
# tries = "Raises an exception of no class at all."
# says = "Exception"
#
# [outcomes]
# softmax = "raised"
# ///
from course.frames import question, send


def softmax(logits):
    send(["raised", question(), [], "", []])
