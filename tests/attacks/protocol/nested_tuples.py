# /// attack
# tries = "Nests tuples, each in its own frame."
# says = "nested too deeply"
#
# [outcomes]
# softmax = "protocol violation"
# ///
import msgpack
from course.frames import question, send


def softmax(logits):
    inner = msgpack.packb([0.0])
    for _ in range(100):
        inner = msgpack.packb([msgpack.ExtType(3, inner)])
    send(["returned", question(), [msgpack.ExtType(3, inner), None, None, None]])
