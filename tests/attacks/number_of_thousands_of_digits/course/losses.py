def mean_squared_error(predictions, targets):
    return 10**10_000
