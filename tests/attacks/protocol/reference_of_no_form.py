# /// attack
# tries = "Refers to something in its own form."
# says = "malformed reference"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.ExtType(6, msgpack.packb({"module": "os", "name": "system"})), None, None, None]])
    send(header, bytes(0))
