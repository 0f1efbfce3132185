# /// attack
# says = "may not cross"
#
# [outcomes]
# softmax = "protocol violation"
#
# [variants.array_header_cut_off]
# tries = "Sends half an array header."
# put = 'msgpack.ExtType(1, b"<f8"), 0'
# says = "array header"
#
# [variants.array_of_dates]
# tries = "Sends an array of dates."
# put = 'msgpack.ExtType(1, b"<M8 " + struct.pack("<q", 2)), 16'
#
# [variants.array_of_empty_rows]
# tries = "Sends an array of a trillion rows without elements."
# put = 'msgpack.ExtType(1, b"<f8 " + struct.pack("<qq", 1 << 40, 0)), 0'
# says = "without elements"
#
# [variants.array_of_many_dimensions]
# tries = "Sends an array of sixty dimensions."
# put = 'msgpack.ExtType(1, b"<f8 " + struct.pack("<60q", *[1] * 60)), 16'
# says = "too many dimensions"
#
# [variants.array_of_negative_length]
# tries = "Sends an array of a negative length."
# put = 'msgpack.ExtType(1, b"<f8 " + struct.pack("<qq", -1, -2)), 16'
# says = "negative length"
#
# [variants.array_of_pointers]
# tries = "Sends an array of objects, whose bytes are addresses."
# put = 'msgpack.ExtType(1, b"|O8 " + struct.pack("<q", 2)), 16'
#
# [variants.array_of_text]
# tries = "Sends an array of text."
# put = 'msgpack.ExtType(1, b"<U4 " + struct.pack("<q", 1)), 16'
#
# [variants.array_past_its_bytes]
# tries = "Sends an array that is longer than its bytes."
# put = 'msgpack.ExtType(1, b"<f8 " + struct.pack("<q", 1 << 30)), 16'
# says = "larger than its bytes"
# representative = true
#
# [variants.array_whose_size_wraps]
# tries = "Sends an array whose size does not fit into 64 bits."
# put = 'msgpack.ExtType(1, b"<f8 " + struct.pack("<qqq", 1 << 40, 1 << 40, 1 << 40)), 16'
# says = "larger than its bytes"
#
# [variants.reference_of_no_form]
# tries = "Refers to something in its own form."
# put = 'msgpack.ExtType(6, msgpack.packb({"module": "os", "name": "system"})), 0'
# says = "malformed reference"
#
# [variants.reference_to_grader]
# tries = "Refers to a function of the grader that there is not."
# put = 'msgpack.ExtType(6, msgpack.packb(["grader", 10**6, "function", []])), 0'
# says = "reference to nothing"
#
# [variants.scalar_with_shape]
# tries = "Sends a scalar that has a shape."
# put = 'msgpack.ExtType(2, b"<f8 " + struct.pack("<q", 1)), 16'
# says = "has a shape"
#
# [variants.tuple_of_no_list]
# tries = "Sends a tuple that holds no list."
# put = "msgpack.ExtType(3, msgpack.packb({})), 0"
# says = "holds no list"
#
# [variants.unknown_extension]
# tries = "Sends a kind of value that nobody knows."
# put = 'msgpack.ExtType(77, b"x" * 100), 0'
# says = "unknown kind"
# representative = true
# ///
import struct

import msgpack
from course.frames import question, send


def softmax(logits):
    value, size = @PUT@
    send(msgpack.packb(["returned", question(), [value, None, None, None]]), bytes(size))
