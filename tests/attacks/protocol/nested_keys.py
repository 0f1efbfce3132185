# /// attack
# tries = "Nests tuples as the keys of dictionaries."
#
# [outcomes]
# softmax = ["failed", "protocol violation"]
# ///
import msgpack
from course.frames import question, send


def softmax(logits):
    inner = msgpack.packb([0])
    for _ in range(12):
        inner = msgpack.packb([msgpack.ExtType(3, inner)] * 2)
    send(b"\x93\xa8returned" + msgpack.packb(question())
         + b"\x94\x81" + msgpack.packb(msgpack.ExtType(3, inner)) + b"\xc0\xc0\xc0\xc0")
