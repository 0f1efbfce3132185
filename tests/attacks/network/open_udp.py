# /// attack
# tries = "Sends a datagram."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
    return prize(logits)
