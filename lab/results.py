"""A look at what the learner's functions returned, before anything is drawn of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.trouble import Unusable


def shaped(
    value: Any, shape: tuple[int, ...], function: str, what: str = "an array"
) -> NDArray[np.float64]:
    """Return `value` as an array of floats of this shape.

    Parameters
    ----------
    value : any
        What the learner's function returned.
    shape : tuple of int
        The shape that it should have.
    function : str
        The function's name, for the sentence.
    what : str
        What it should have returned, for the sentence.

    Raises
    ------
    Unusable
        If it is None, not made of numbers, or of another shape; the sentence says which.

    Examples
    --------
    >>> shaped([1, 2], (2,), "SGD.update").tolist()
    [1.0, 2.0]
    """
    expected = f"expected {what}, shape {shape}"
    if value is None:
        raise Unusable(f"`{function}` returned None; {expected}. Is a `return` absent?")
    try:
        array = np.asarray(value, float)
    except (TypeError, ValueError):
        raise Unusable(
            f"`{function}` returned a {type(value).__name__} that is not an array of numbers; "
            f"{expected}."
        ) from None
    if array.shape != shape:
        raise Unusable(f"`{function}` returned an array of shape {array.shape}; {expected}.")
    return array


def as_number(value: Any, function: str) -> float:
    """Return `value` as a float; it may be nan or infinite.

    Parameters
    ----------
    value : any
        What the learner's function returned.
    function : str
        The function's name, for the sentence.

    Raises
    ------
    Unusable
        If it is None, or not one number.

    Examples
    --------
    >>> as_number(np.float64(2.5), "distance")
    2.5
    """
    if value is None:
        raise Unusable(f"`{function}` returned None; expected a number. Is a `return` absent?")
    try:
        array = np.asarray(value, float)
    except (TypeError, ValueError):
        raise Unusable(
            f"`{function}` returned a {type(value).__name__}; expected a number."
        ) from None
    if array.shape != ():
        raise Unusable(
            f"`{function}` returned an array of shape {array.shape}; expected one number."
        )
    return float(array)
