# /// attack
# [variants.date_as_result]
# tries = "Returns a date, which the codec's library has a form for."
# put = 'header = msgpack.packb(["returned", question(), [msgpack.Timestamp(2**34 - 1, 10**9 - 1), None, None, None]])'
# outcomes = { softmax = ["failed", "protocol violation"] }
#
# [variants.reference_to_inside]
# tries = "Refers to the inside of a function of the grader."
# put = 'header = msgpack.packb(["returned", question(), [msgpack.ExtType(6, msgpack.packb(["grader", 0, "function", ["__globals__", "clear"]])), None, None, None]])'
# says = "reference to nothing"
# representative = true
# outcomes = { softmax = "protocol violation" }
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    @PUT@
    send(header, bytes(0))
