import time


class Slow(Exception):
    def __str__(self):
        time.sleep(3600)


def softmax(logits):
    raise Slow
