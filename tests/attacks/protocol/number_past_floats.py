# /// attack
# tries = "Returns a whole number that no float can hold."
#
# [outcomes]
# mean_squared_error = "failed"
# sigmoid = "failed"
# ///
def mean_squared_error(predictions, targets):
    return 10**400


def sigmoid(logits):
    return 2**70
