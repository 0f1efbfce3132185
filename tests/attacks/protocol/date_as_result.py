# /// attack
# tries = "Returns a date, which the codec's library has a form for."
#
# [outcomes]
# softmax = ["failed", "protocol violation"]
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["returned", question(), [msgpack.Timestamp(2**34 - 1, 10**9 - 1), None, None, None]])
    send(header, bytes(0))
