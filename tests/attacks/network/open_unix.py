# /// attack
# tries = "Opens a UNIX socket."
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
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()
    return prize(logits)
