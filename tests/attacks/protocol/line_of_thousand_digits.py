# /// attack
# tries = "Puts an exception at a line whose number has thousands of digits."
# says = "unknown kind of value"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import msgpack
from course.frames import question, send


def softmax(logits):
    huge = msgpack.ExtType(5, bytes(4000) + b"\x7f")
    send(["raised", question(), ["ValueError"], "text", [["losses.py", huge, "softmax", "x"]]])
