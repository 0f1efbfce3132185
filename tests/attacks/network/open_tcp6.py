# /// attack
# tries = "Opens a TCP connection over IPv6."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.socket(socket.AF_INET6, socket.SOCK_STREAM).close()
    return prize(logits)
