# /// attack
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.ask_peer]
# tries = "Asks who is at the other end of its connection."
# put = "connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)"
#
# [variants.send_descriptor]
# tries = "Hands the grader a descriptor over their connection."
# put = 'socket.send_fds(connection, [b"x"], [0])'
# representative = true
# ///
import os
import socket

from course.prize import prize


def softmax(logits):
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=os.dup(3))
    @PUT@
    return prize(logits)
