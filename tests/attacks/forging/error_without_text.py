# /// attack
# tries = "Raises an exception whose text cannot be had."
# says = "Mute"
#
# [outcomes]
# softmax = "raised"
# ///
class Mute(Exception):
    def __str__(self):
        return self.nothing

    __repr__ = __str__


def softmax(logits):
    raise Mute
