# /// attack
# tries = "Replaces the codec by one that sends only success."
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
import msgpack

PACK = msgpack.packb


def softmax(logits):
    msgpack.packb = lambda value, **options: PACK(["returned", 0, [True, None, None, None]])
    return [0.0, 0.0, 0.0]
