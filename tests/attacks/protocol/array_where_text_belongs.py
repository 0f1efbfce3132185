# /// attack
# tries = "Puts an array instead of an exception's text."
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import msgpack
from course.frames import question, send


def softmax(logits):
    header = msgpack.packb(["raised", question(), ["ValueError"],
                            msgpack.ExtType(1, b"<f8 " + (2).to_bytes(8, "little")), []])
    send(header, bytes(16))
