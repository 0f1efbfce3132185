# /// attack
# tries = "Sends a scalar that has a shape."
# says = "has a shape"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(2, b"<f8 " + struct.pack("<q", 1)), None, None, None]])
    send(header, bytes(16))
