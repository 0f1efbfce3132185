# /// attack
# tries = "Refers to a function of the grader that there is not."
# says = "reference to nothing"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(6, msgpack.packb(["grader", 10**6, "function", []])), None, None, None]])
    send(header, bytes(0))
