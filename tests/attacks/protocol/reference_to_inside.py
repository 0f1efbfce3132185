# /// attack
# tries = "Refers to the inside of a function of the grader."
# says = "reference to nothing"
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(6, msgpack.packb(["grader", 0, "function", ["__globals__", "clear"]])), None, None, None]])
    send(header, bytes(0))
