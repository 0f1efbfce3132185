"""Hints for reading loss curves, and for the capstone."""

HINTS = {
    "moving_average": (
        "How many whole runs of 2 are there among 4 losses? Of 4 among 4?",
        "Each result is the mean of one run, and the next run starts one further. Check the "
        "window first.",
        "Unless 1 <= window <= len(losses), raise ValueError. Then one mean for each i in "
        "range(len(losses) - window + 1), of the slice that starts at i; or np.convolve "
        'with weights of 1 / window and mode="valid".',
    ),
    "has_converged": (
        "Which two losses are compared? How many must there be for both to exist?",
        "The last one, and the one window steps before it, losses[-1 - window]. The change "
        "is measured against the older one, and up counts like down.",
        "Too early, False: when len(losses) is at most window. Else compare the abs of then "
        "− now with tolerance times the abs of then, by <=.",
    ),
    "diagnose": (
        "The order of the questions is part of the answer. Which comes first?",
        "Diverging looks only at the last loss and against the first. Then your "
        "has_converged with both settings. Only a flat curve is compared with the target.",
        "First: np.isfinite(last) fails, or last is above first. Second: not has_converged, "
        "called with losses, window and tolerance. What is left is converged or stuck, by "
        "comparing last with target (reaching it exactly is enough).",
    ),
    "accuracy": (
        "In a row of probabilities, where is the model's answer? And in a one-hot "
        "row the right one?",
        "Both are where the largest value is. Compare the two positions row by row, and "
        "take the share of those that agree.",
        "np.argmax with axis=1 of each of the two tables; then the mean of where they are "
        "equal, as a float.",
    ),
    "train_classifier": (
        "You have all the parts: layers, loss gradient, Adam, minibatches. First make a "
        "network of one dense layer learn: it reaches more than 90 %.",
        "Bring the pixels to about −1 … 1. A hidden layer of 64 ReLUs, first weights from a "
        "normal distribution with standard deviation sqrt(2 / n_in), Adam with a learning "
        "rate of 0.003, batches of 32 and 30 epochs are enough. A little fresh noise on each "
        "batch helps on images that it never saw.",
        "For each batch: dense_forward, relu_forward, dense_forward; "
        "softmax_cross_entropy_gradient at the outputs; then dense_backward, relu_backward, "
        "dense_backward; then update with one Adam for each of the four arrays. classify "
        "runs the forward half and takes np.argmax along axis 1.",
    ),
}
