# /// attack
# tries = "Binds an abstract UNIX socket, which no mount namespace hides."
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
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
        own.bind("\0first-descent-attack")
    return prize(logits)
