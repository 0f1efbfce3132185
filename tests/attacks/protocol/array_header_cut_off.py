# /// attack
# tries = "Sends half an array header."
# says = "array header"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(1, b"<f8"), None, None, None]])
    send(header, bytes(0))
