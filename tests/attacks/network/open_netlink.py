# /// attack
# tries = "Asks the kernel for its network interfaces."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import socket

from course.prize import prize


def softmax(logits):
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
    return prize(logits)
