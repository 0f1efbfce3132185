# /// attack
# tries = "Answers with a list of 100,000 numbers, as a beginner can do by accident."
# says = "UnreadableResult"
# representative = true
#
# [outcomes]
# softmax = "raised"
# sigmoid = "raised"
# mean_squared_error = "raised"
# ///
LONG = list(range(100_000))


def softmax(logits):
    return LONG


def sigmoid(logits):
    return LONG


def mean_squared_error(predictions, targets):
    return LONG
