# /// attack
# tries = "Returns a float that claims to equal any number."
#
# [outcomes]
# mean_squared_error = "failed"
# ///
class Number(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__
    __sub__ = __rsub__ = lambda self, other: Number(0.0)

    def __abs__(self):
        return Number(0.0)


def mean_squared_error(predictions, targets):
    return Number(-1.0)
