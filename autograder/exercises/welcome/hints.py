"""Hints for the warm-up."""

HINTS = {
    "distance": (
        "Compute the two examples of the docstring by hand. What do you do to 4.5 − 7?",
        "Take one number from the other, then take the sign away.",
        "Python's abs(…) takes the sign away. Put the difference of the two arguments "
        "inside, and return it.",
    ),
}
