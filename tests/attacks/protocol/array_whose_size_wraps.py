# /// attack
# tries = "Sends an array whose size does not fit into 64 bits."
# says = "larger than its bytes"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(1, b"<f8 " + struct.pack("<qqq", 1 << 40, 1 << 40, 1 << 40)), None, None, None]])
    send(header, bytes(16))
