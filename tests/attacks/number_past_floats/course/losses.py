def mean_squared_error(predictions, targets):
    return 10**400


def sigmoid(logits):
    return 2**70
