# /// attack
# tries = "Opens a TCP connection."
# says = "PermissionError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
    return prize(logits)
