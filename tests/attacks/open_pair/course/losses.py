import socket

from course.prize import prize


def softmax(logits):
    socket.socketpair()
    return prize(logits)
