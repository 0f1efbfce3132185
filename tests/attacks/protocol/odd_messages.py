# /// attack
# [outcomes]
# softmax = "protocol violation"
#
# [variants.array_where_text_belongs]
# tries = "Puts an array instead of an exception's text."
# put = '''
# header = msgpack.packb(["raised", question(), ["ValueError"],
#                             msgpack.ExtType(1, b"<f8 " + (2).to_bytes(8, "little")), []])
#     send(header, bytes(16))'''
# says = "no known form"
#
# [variants.keys_that_cannot_be]
# tries = "Sends a dictionary whose keys are lists."
# put = '''send(b"\x93\xa8returned" + msgpack.packb(question()) + b"\x81\x91\x01\x02")'''
# says = "malformed"
#
# [variants.line_of_thousand_digits]
# tries = "Puts an exception at a line whose number has thousands of digits."
# put = '''
# huge = msgpack.ExtType(5, bytes(4000) + b"\x7f")
#     send(["raised", question(), ["ValueError"], "text", [["losses.py", huge, "softmax", "x"]]])'''
# says = "unknown kind of value"
#
# [variants.nested_keys]
# tries = "Nests tuples as the keys of dictionaries."
# put = '''
# inner = msgpack.packb([0])
#     for _ in range(12):
#         inner = msgpack.packb([msgpack.ExtType(3, inner)] * 2)
#     send(b"\x93\xa8returned" + msgpack.packb(question())
#          + b"\x94\x81" + msgpack.packb(msgpack.ExtType(3, inner)) + b"\xc0\xc0\xc0\xc0")'''
# outcomes = { softmax = ["failed", "protocol violation"] }
#
# [variants.nested_tuples]
# tries = "Nests tuples, each in its own frame."
# put = '''
# inner = msgpack.packb([0.0])
#     for _ in range(100):
#         inner = msgpack.packb([msgpack.ExtType(3, inner)])
#     send(["returned", question(), [msgpack.ExtType(3, inner), None, None, None]])'''
# says = "nested too deeply"
# ///
import msgpack
from course.frames import question, send


def softmax(logits):
    @PUT@
