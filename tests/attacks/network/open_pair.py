# /// attack
# tries = "Makes a pair of sockets, to hand over descriptors."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.socketpair()
    return prize(logits)
