# /// attack
# tries = "Listens on a port of the machine."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.create_server(("127.0.0.1", 0)).close()
    return prize(logits)
