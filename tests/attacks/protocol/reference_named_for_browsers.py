# /// attack
# tries = "Returns an object with a name that acts in a browser."
#
# [outcomes]
# softmax = "failed"
# ///
import struct

import msgpack
from course.frames import question, send

NAME = '<script>alert(1)</script><img src=x>\n=1+1'


def softmax(logits):
    reference = msgpack.ExtType(6, msgpack.packb(["learner", 0, NAME, []]))
    send(msgpack.packb(["returned", question(), [reference, None, None, None]]), b"")
    return None
