# /// attack
# tries = "Returns an object that equals everything, for softmax."
# representative = true
#
# [outcomes]
# softmax = ["failed", "raised"]
# ///
class Everything:
    """Equal to everything, and true, and close to any number."""

    def __eq__(self, other):
        return True

    __hash__ = None
    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __le__ = __ge__ = __eq__

    def __float__(self):
        return 1.0

    __abs__ = __sub__ = __rsub__ = __neg__ = __getitem__ = lambda self, *other: self
    __len__ = lambda self: 3
    shape = property(lambda self: Everything())
    dtype = property(lambda self: Everything())
    ndim = 1

    def __array__(self, *arguments, **keywords):
        import numpy as np

        return np.zeros(3)

    def __call__(self, *arguments, **keywords):
        return self

    def __getattr__(self, name):
        return self


def softmax(logits):
    return Everything()
