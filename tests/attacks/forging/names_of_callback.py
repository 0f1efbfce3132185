# /// attack
# tries = "Asks the grader for attributes of its function by forged names."
# says = "a reference to nothing"
#
# [outcomes]
# gradient_descent = "protocol violation"
# ///
import os
import struct
import sys

import msgpack


def send(message, raw=b""):
    """Write a frame past the session's own code."""
    header = message if isinstance(message, bytes) else msgpack.packb(message)
    data = struct.pack("<II", len(header), len(raw)) + header + raw
    while data:
        data = data[os.write(3, data) :]


def question():
    """The number of the question that is being answered."""
    frame = sys._getframe()
    while "operation" not in frame.f_locals or "number" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["number"]


def gradient_descent(gradient, start, learning_rate, steps):
    send(["call", 1, 0, ["__globals__"], [], {}])
    return start
