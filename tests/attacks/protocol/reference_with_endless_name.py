# /// attack
# tries = "Returns an object with a name of half a megabyte."
# says = "far larger than what was asked"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import struct

import msgpack
from course.frames import question, send

NAME = 'x' * 500_000 + ''


def softmax(logits):
    reference = msgpack.ExtType(6, msgpack.packb(["learner", 0, NAME, []]))
    send(msgpack.packb(["returned", question(), [reference, None, None, None]]), b"")
    return None
