# /// attack
# tries = "Sends a kind of value that nobody knows."
# says = "unknown kind"
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(77, b"x" * 100), None, None, None]])
    send(header, bytes(0))
