# /// attack
# tries = "Sends an array that is longer than its bytes."
# says = "larger than its bytes"
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(1, b"<f8 " + struct.pack("<q", 1 << 30)), None, None, None]])
    send(header, bytes(16))
