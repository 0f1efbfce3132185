"""Whether two returned values are the same except for rounding."""

import math
from collections.abc import Hashable
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checking.student import LearnerObject
from autograder.protocol.codec import Reference
from autograder.sandbox.outcomes import NotThere, Raised

RTOL, ATOL = 1e-7, 1e-12  # two orders of summation of the same numbers differ by less
FEW = 16  # up to so many elements plain numbers are compared faster than arrays
STAYING = (Reference, LearnerObject)
NUMERIC = (bool, int, float, np.ndarray, np.generic)
PLAIN = (type(None), str, bytes, complex, list, tuple, dict, *NUMERIC)
WORDED_BY_AUTHORS = ("ValueError", "ArithmeticError")


def same_values(one: Any, other: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Whether two returned values are the same except for rounding."""
    if isinstance(one, NUMERIC) and isinstance(other, NUMERIC):
        return _same_numbers(one, other, rtol, atol)
    if isinstance(one, STAYING) or isinstance(other, STAYING):
        # What an object does shows in its calls; its class may have any name.
        return isinstance(one, STAYING) and isinstance(other, STAYING)
    if type(one) in (list, tuple) and type(other) in (list, tuple):
        return len(one) == len(other) and all(
            same_values(mine, yours, rtol, atol) for mine, yours in zip(one, other, strict=True)
        )
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same_values(one[name], other[name], rtol, atol) for name in one
        )
    return type(one) is type(other) and bool(one == other)


def same_answers(one: Any, other: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Whether two endings of a call are the same: results, or exceptions.

    Exceptions are the same if they are of one kind and one text; the text is left out where authors
    word it. A list of numbers and an array of them are the same.
    """
    if isinstance(one, Exception) or isinstance(other, Exception):
        return same_exceptions(one, other)
    if is_object(one) or is_object(other):
        return is_object(one) and is_object(other) and _sort(one) == _sort(other)
    one_is_list, other_is_list = isinstance(one, (list, tuple)), isinstance(other, (list, tuple))
    if one_is_list and other_is_list:
        return len(one) == len(other) and all(
            same_answers(mine, yours, rtol, atol) for mine, yours in zip(one, other, strict=True)
        )
    if one_is_list != other_is_list:
        if np.ndim(other if one_is_list else one) == 0 or len(one) != len(other):
            return False
        one, other = as_array(one), as_array(other)
    return same_values(one, other, rtol, atol)


def same_exceptions(one: Any, other: Any) -> bool:
    """Whether two are exceptions of one kind, and of one text unless authors word it."""
    if isinstance(one, Raised) and isinstance(other, Raised):
        worded = one.kind in WORDED_BY_AUTHORS
        return one.kind == other.kind and (worded or one.message == other.message)
    return isinstance(one, NotThere) and isinstance(other, NotThere)


def fingerprint(value: Any) -> Hashable:
    """What tells an ending of a call apart from all others, to the last bit."""
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, (list, tuple)):
        return type(value).__name__, *map(fingerprint, value)
    if isinstance(value, dict):
        return "dict", *((name, fingerprint(each)) for name, each in value.items())
    if isinstance(value, Raised):
        return "raised", value.kind, value.message
    if isinstance(value, Exception):
        return "exception", type(value).__name__
    if is_object(value):
        return "object", _sort(value)
    return type(value).__name__, repr(value)


def as_array(value: Any) -> Any:
    """A sequence of numbers as an array; anything else as it is."""
    if isinstance(value, (list, tuple)):
        with suppress(TypeError, ValueError, OverflowError):
            return np.asarray(value, dtype=float)
    return value


def is_object(value: Any) -> bool:
    """Whether a value is neither plain data nor an exception: an optimizer, a function."""
    return not isinstance(value, (*PLAIN, Exception))


def _sort(value: Any) -> str:
    """What tells objects apart: that it is a function, and else no more than that it is one."""
    kind = value.kind if isinstance(value, STAYING) else type(value).__name__
    return "function" if kind == "function" else "object"


def _same_numbers(one: Any, other: Any, rtol: float, atol: float) -> bool:
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape:
        return False
    if first.dtype.kind not in "biufc" or second.dtype.kind not in "biufc":
        return bool(np.array_equal(first, second))  # integers of more than 64 bits among them
    if first.size <= FEW:
        pairs = zip(first.ravel().tolist(), second.ravel().tolist(), strict=True)
        return all(x == y or _near(x, y, rtol, atol) for x, y in pairs)
    return _near_arrays(first, second, rtol, atol)


def _near(x: complex, y: complex, rtol: float, atol: float) -> bool:
    size = abs(y)
    if size < math.inf:
        return bool(abs(x - y) <= atol + rtol * size)
    return x != x and y != y  # both are nan


def _near_arrays(one: NDArray[Any], other: NDArray[Any], rtol: float, atol: float) -> bool:
    if one.dtype.kind != "c" and other.dtype.kind != "c":
        one, other = one.astype(float, copy=False), other.astype(float, copy=False)
    with np.errstate(all="ignore"):
        size = np.abs(other)
        near = (one == other) | ((np.abs(one - other) <= atol + rtol * size) & (size < np.inf))
        if near.all():
            return True
        return bool((near | (np.isnan(one) & np.isnan(other))).all())
