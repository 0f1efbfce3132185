# /// attack
# tries = "Sends an array of a trillion rows without elements."
# says = "without elements"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(1, b"<f8 " + struct.pack("<qq", 1 << 40, 0)), None, None, None]])
    send(header, bytes(0))
