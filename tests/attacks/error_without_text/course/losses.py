class Mute(Exception):
    def __str__(self):
        return self.nothing

    __repr__ = __str__


def softmax(logits):
    raise Mute
