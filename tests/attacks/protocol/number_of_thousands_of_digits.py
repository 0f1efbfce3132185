# /// attack
# tries = "Returns a number of ten thousand digits."
#
# [outcomes]
# mean_squared_error = "failed"
# ///
def mean_squared_error(predictions, targets):
    return 10**10_000
