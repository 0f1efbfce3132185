# /// attack
# tries = "Hands the grader a descriptor over their connection."
# says = "PermissionError"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import os
import socket

from course.prize import prize


def softmax(logits):
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=os.dup(3))
    socket.send_fds(connection, [b"x"], [0])
    return prize(logits)
