# /// attack
# tries = "Asks who is at the other end of its connection."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os
import socket

from course.prize import prize


def softmax(logits):
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=os.dup(3))
    connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return prize(logits)
