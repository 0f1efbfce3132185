import socket

from course.prize import prize


def softmax(logits):
    socket.create_server(("127.0.0.1", 0)).close()
    return prize(logits)
