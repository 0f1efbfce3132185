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


def same_values(first: Any, second: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Whether two returned values are the same except for rounding."""
    if isinstance(first, NUMERIC) and isinstance(second, NUMERIC):
        return _same_numbers(first, second, rtol, atol)
    if isinstance(first, STAYING) or isinstance(second, STAYING):
        # What an object does shows in its calls; its class may have any name.
        return isinstance(first, STAYING) and isinstance(second, STAYING)
    if type(first) in (list, tuple) and type(second) in (list, tuple):
        return len(first) == len(second) and all(
            same_values(mine, yours, rtol, atol) for mine, yours in zip(first, second, strict=True)
        )
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(
            same_values(first[name], second[name], rtol, atol) for name in first
        )
    return type(first) is type(second) and bool(first == second)


def same_answers(first: Any, second: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Whether two endings of a call are the same: results, or exceptions.

    Exceptions are the same if they are of one kind and one text; the text is left out where authors
    word it. A list of numbers and an array of them are the same.
    """
    if isinstance(first, Exception) or isinstance(second, Exception):
        return same_exceptions(first, second)
    if is_object(first) or is_object(second):
        return is_object(first) and is_object(second) and _sort(first) == _sort(second)
    lists = [isinstance(value, (list, tuple)) for value in (first, second)]
    if all(lists):
        return len(first) == len(second) and all(
            same_answers(mine, yours, rtol, atol) for mine, yours in zip(first, second, strict=True)
        )
    if any(lists):
        if np.ndim(second if lists[0] else first) == 0 or len(first) != len(second):
            return False
        first, second = as_array(first), as_array(second)
    return same_values(first, second, rtol, atol)


def same_exceptions(first: Any, second: Any) -> bool:
    """Whether two are exceptions of one kind, and of one text unless authors word it."""
    if isinstance(first, Raised) and isinstance(second, Raised):
        worded = first.kind in WORDED_BY_AUTHORS
        return first.kind == second.kind and (worded or first.message == second.message)
    return isinstance(first, NotThere) and isinstance(second, NotThere)


def fingerprint(value: Any) -> Hashable:
    """What tells an ending of a call apart from all others, to the last bit."""
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, (list, tuple)):
        return type(value).__name__, *map(fingerprint, value)
    if isinstance(value, dict):
        return "dict", *((name, fingerprint(item)) for name, item in value.items())
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


def _near_arrays(first: NDArray[Any], second: NDArray[Any], rtol: float, atol: float) -> bool:
    if first.dtype.kind != "c" and second.dtype.kind != "c":
        first, second = first.astype(float, copy=False), second.astype(float, copy=False)
    with np.errstate(all="ignore"):
        size = np.abs(second)
        near = (first == second) | (
            (np.abs(first - second) <= atol + rtol * size) & (size < np.inf)
        )
        if near.all():
            return True
        return bool((near | (np.isnan(first) & np.isnan(second))).all())
