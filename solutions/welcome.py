"""The warm-up of lesson 0: see how writing and checking work.

Replace the line that starts with ``raise`` by your own code, save the
file, and run the check cell in the notebook. Green means that you are
ready for lesson 1.
"""

__all__ = ["distance"]


def distance(prediction, target):
    """Return how far a prediction is from its target.

    The distance has no sign, whichever of the two is larger::

        distance = |prediction - target|

    Python's ``abs`` takes the sign away. There are no points for it.

    Parameters
    ----------
    prediction, target : int or float
        Two numbers in the same unit.

    Returns
    -------
    int or float
        Zero or more, in that unit.

    Examples
    --------
    >>> distance(4.5, 7.0)
    2.5
    >>> distance(3, 3)
    0
    """
    return abs(prediction - target)
