# /// attack
# tries = "Sends answers when its objects are collected."
#
# [outcomes]
# softmax = "protocol violation"
# ///
import os
import struct

import msgpack
import numpy as np


class Late:
    def __del__(self):
        header = msgpack.packb(["returned", 1, [True, None, None, None]])
        os.write(3, struct.pack("<II", len(header), 0) + header)


def softmax(logits):
    Late()
    return np.zeros(3)
