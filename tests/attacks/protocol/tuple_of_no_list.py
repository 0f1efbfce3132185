# /// attack
# tries = "Sends a tuple that holds no list."
# says = "holds no list"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(3, msgpack.packb({})), None, None, None]])
    send(header, bytes(0))
