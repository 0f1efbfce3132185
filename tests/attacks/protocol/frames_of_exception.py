# /// attack
# tries = "Sends an exception's frames in its own form."
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["raised", question(), ["ValueError"], "text", [["losses.py", "first", None, {}]]])
