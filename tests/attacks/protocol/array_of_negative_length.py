# /// attack
# tries = "Sends an array of a negative length."
# says = "negative length"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(1, b"<f8 " + struct.pack("<qq", -1, -2)), None, None, None]])
    send(header, bytes(16))
