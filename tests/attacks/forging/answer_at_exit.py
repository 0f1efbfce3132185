# /// attack
# tries = "Sends answers from a function that runs at exit."
# says = "SystemExit"
#
# [outcomes]
# softmax = "raised"
# ///
import atexit
import os
import struct
import sys

import msgpack


def answer():
    header = msgpack.packb(["returned", 1, [True, None, None, None]])
    os.write(3, struct.pack("<II", len(header), 0) + header)


def softmax(logits):
    atexit.register(answer)
    sys.exit(0)
