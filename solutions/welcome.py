"""The warm-up of lesson 0: one small function, to see how writing and checking work.

Replace the line that starts with ``raise`` by your own code, save the file, and run the check
cell in the notebook. Green means that you are ready for lesson 1.
"""

__all__ = ["distance"]


def distance(prediction, target):
    """Return how far a prediction lies from its target.

    The distance has no sign, whichever of the two numbers is the larger::

        distance = |prediction - target|

    Parameters
    ----------
    prediction : float
        The number that was predicted, in any unit.
    target : float
        The right answer, in the same unit.

    Returns
    -------
    float
        The distance between the two, in their unit; zero or more.

    Notes
    -----
    Python's ``abs`` takes the sign away from a number, and ``float`` gives a whole number its
    decimal point. This exercise carries no points: it is here to show you the way from a
    docstring like this one to a green check.

    Examples
    --------
    >>> distance(7.0, 4.5)
    2.5
    >>> distance(4.5, 7.0)
    2.5
    >>> distance(3, 3)
    0.0
    """
    return abs(float(prediction) - float(target))
