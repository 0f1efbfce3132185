# /// attack
# [variants.reference_named_for_browsers]
# tries = "Returns an object with a name that acts in a browser."
# put = '''NAME = '<script>alert(1)</script><img src=x>\n=1+1''''
# outcomes = { softmax = "failed" }
#
# [variants.reference_with_endless_name]
# tries = "Returns an object with a name of half a megabyte."
# put = "NAME = 'x' * 500_000 + ''"
# says = "far larger than what was asked"
# outcomes = { softmax = "protocol violation" }
# ///
import struct

import msgpack
from course.frames import question, send

@PUT@


def softmax(logits):
    reference = msgpack.ExtType(6, msgpack.packb(["learner", 0, NAME, []]))
    send(msgpack.packb(["returned", question(), [reference, None, None, None]]), b"")
    return None
