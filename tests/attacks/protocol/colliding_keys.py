# /// attack
# tries = "Sends thousands of keys of one hash."
# says = "keys of one hash"
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
import msgpack
from course.frames import question, send


def softmax(logits):
    packer = msgpack.Packer(autoreset=False)
    for part in ("returned", question()):
        packer.pack(part)
    packer.pack_array_header(4)
    packer.pack_map_header(8192)
    for number in range(8192):
        pair = [-1 if number >> bit & 1 else -2 for bit in range(13)]
        packer.pack(msgpack.ExtType(3, msgpack.packb(pair)))
        packer.pack(0)
    for _ in range(3):
        packer.pack(None)
    send(b"\x93" + packer.bytes())
