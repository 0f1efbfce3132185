"""Hints for the capstone."""

HINTS: dict[str, tuple[str, str, str]] = {
    "train_classifier": (
        "You have all the parts: a loss for ten classes and its gradient, an optimizer, the "
        "training loop of lesson 5. What is missing between labels and that loop?",
        "The loop wants one-hot targets, one row for each image, and a loss of logits: the "
        "categorical cross-entropy of their softmax. Adam, a rate of a few thousandths, batches "
        "of 32 and some tens of epochs are enough. Leave the pixels as they are.",
        "The targets are rows of the identity matrix, picked by label. Hand your train the "
        "network, a small function that takes the softmax before the loss, the gradient of both "
        "together, an Adam object, images and targets; return the list that it returns.",
    ),
}
