# /// attack
# tries = "Sends a dictionary whose keys are lists."
# says = "malformed"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import msgpack
from course.frames import question, send


def softmax(logits):
    send(b"\x93\xa8returned" + msgpack.packb(question()) + b"\x81\x91\x01\x02")
