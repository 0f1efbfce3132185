# /// attack
# tries = "Opens a socket to the machine's hypervisor."
# says = "Error"
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM).close()
    return prize(logits)
