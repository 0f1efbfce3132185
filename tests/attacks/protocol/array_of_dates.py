# /// attack
# tries = "Sends an array of dates."
# says = "may not cross"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(1, b"<M8 " + struct.pack("<q", 2)), None, None, None]])
    send(header, bytes(16))
