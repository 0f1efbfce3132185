"""Hints for the six broken programs: where to look, what to print, nearly the repair."""

HINTS: dict[str, tuple[str, str, str]] = {
    "fit_line": (
        "The line comes out flat. Print the shape of everything that the loop computes, for three "
        "examples.",
        "The errors should be three numbers. What does NumPy make of a column of three and a row "
        "of three, one minus the other?",
        "Inputs are a column (n, 1), targets are (n,): bring both to one shape before the loop, "
        "with a reshape of the targets to (-1, 1), or with the first column of the inputs.",
    ),
    "logistic_regression": (
        "It behaves with ten examples and jumps about with three hundred. What in the loop grows "
        "with the number of examples?",
        "The loss is a mean over the examples. Check the gradient at zero weights by central "
        "differences, as in lesson 5: by which factor is it off?",
        "The product of features.T and errors adds up all examples. The gradient of a mean is the "
        "sum divided by the number of targets.",
    ),
    "softmax_regression": (
        "The loss stays where it began, at that of guessing. So it learns nothing about the "
        "examples that it reads. Look at one row of a batch, and at what is said to be its answer.",
        "Let each example carry its own number as a feature, and follow three of them through the "
        "shuffling, with their targets beside them.",
        "One order must be used for both tables: the targets are indexed by `order` in the same "
        "way as the features.",
    ),
    "train_with_momentum": (
        "Whatever the momentum, the path is the same. Print the velocity at the top of the loop, "
        "for three steps.",
        "A velocity is what one step hands on to the next. Where is it set to zero, and how often "
        "is that line run?",
        "The zeros belong before the loop: the line that makes the velocity runs once, the line "
        "that renews it runs in each step.",
    ),
    "train_with_adam": (
        "The first step is right, the second is not. What tells the second step of a constant "
        "slope apart from the first? Print everything in the loop that has changed.",
        "The bias correction divides by 1 minus beta to the power of the number of steps so far. "
        "Print that number.",
        "The count has to grow by one in each step: it is set where it should be added to.",
    ),
    "train_until_worse": (
        "It finds the right moment to stop, and returns the wrong weights: the last ones. Print "
        "the best weights in each step, long after they were found.",
        "An array is changed in place by `-=`. How many arrays are there, and how many names?",
        "Keep a copy of the weights when they are the best so far, or make new weights in each "
        "step instead of changing the old ones.",
    ),
}
