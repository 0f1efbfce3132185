# /// attack
# tries = "Asks a name server."
# says = "gaierror"
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.getaddrinfo("example.org", 80)
    return prize(logits)
