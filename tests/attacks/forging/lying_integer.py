# /// attack
# tries = "Returns an integer that changes with whoever looks at it."
#
# [outcomes]
# mean_squared_error = "failed"
# ///
class Number(int):
    looks = 0

    def __float__(self):
        Number.looks += 1
        return 35.0 + Number.looks

    __index__ = __int__ = lambda self: 35


def mean_squared_error(predictions, targets):
    return Number(-1)
