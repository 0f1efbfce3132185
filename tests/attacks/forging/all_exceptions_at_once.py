# /// attack
# tries = "Always raises an exception that is of every expected kind."
#
# [outcomes]
# mean_squared_error = "raised"
# choose_loss = "raised"
# ///
class Every(ValueError, ArithmeticError, TypeError, LookupError):
    pass


def mean_squared_error(predictions, targets):
    raise Every("continuous number, two classes, three or more classes")


def choose_loss(output_type):
    raise Every("continuous number, two classes, three or more classes")


def moving_average(losses, window):
    raise Every
