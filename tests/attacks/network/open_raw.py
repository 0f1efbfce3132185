# /// attack
# tries = "Listens to all packets."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).close()
    return prize(logits)
