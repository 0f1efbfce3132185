# /// attack
# tries = "Sends an array of text."
# says = "may not cross"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(1, b"<U4 " + struct.pack("<q", 1)), None, None, None]])
    send(header, bytes(16))
