"""Hints for reading loss curves."""

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
        "is measured against the older one, and a rise counts as much as a fall.",
        "Too early, False: when len(losses) is at most window. Else compare the abs of then "
        "− now with tolerance times the abs of then, by <=.",
    ),
    "diagnose": (
        "The order of the questions is part of the answer. Which comes first?",
        "Diverging compares only the last loss with the first. Then your "
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
    "early_stopping": (
        "Go through the docstring's example with a finger on the best epoch so far. What do you "
        "have to remember from one epoch to the next?",
        "Only the best epoch: how many epochs have failed in a row is the distance to it. An "
        "epoch improves if it beats the best loss, less min_improvement, by any amount; after "
        "the stop you must not look further.",
        "The ValueErrors first. Then for each epoch, loss in enumerate(losses): if loss is below "
        "losses[best_epoch] − min_improvement, it is the new best_epoch; else, if epoch − "
        "best_epoch has reached patience, return both. After the loop the last epoch is the "
        "stop.",
    ),
}
