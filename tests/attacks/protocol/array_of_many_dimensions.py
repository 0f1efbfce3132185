# /// attack
# tries = "Sends an array of sixty dimensions."
# says = "too many dimensions"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(1, b"<f8 " + struct.pack("<60q", *[1] * 60)), None, None, None]])
    send(header, bytes(16))
