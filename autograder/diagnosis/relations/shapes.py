"""What the shape of a result points to, or the order of its elements: one comparison at a time."""

import numpy as np
from numpy.typing import NDArray

from autograder.checking.expectations import Array
from autograder.diagnosis.relations.pairs import Pair, close

HUGE = 500  # exp(710) is more than a float can hold


def not_finite(pair: Pair) -> str | None:
    """Elements that are nan or infinite, where finite ones are expected."""
    bad = ~np.isfinite(pair.got)
    if not pair.same_shape or not bad.any() or not np.isfinite(pair.expected).all():
        return None
    what = "nan" if np.isnan(pair.got[bad]).any() else "inf"
    values = [*pair.inputs.values()]
    if any(np.max(np.abs(value), initial=0.0) > HUGE for value in values):
        return (
            f"{what} comes from an exponential that overflows (keep its argument below 700), or "
            "from a division by a probability that is exactly 0 (cancel it on paper)."
        )
    if any(np.any((value == 0) | (value == 1)) for value in values):
        return f"{what} comes from a logarithm of 0 or a division by 0: keep the argument above 0."
    return f"{what} comes from a division by 0, a logarithm of 0 or a difference of infinities."


def other_shape(pair: Pair) -> str | None:
    """Another shape, and what usually makes it."""
    got, expected = pair.got, pair.expected
    if pair.same_shape:
        return None
    if got.ndim >= 2 and got.shape == expected.shape[::-1]:
        return "The shape is that of the transposed result: check which factor carries `.T`."
    if got.ndim == 2 and expected.ndim <= 1 and got.shape[0] == got.shape[1]:
        return (
            "Two arguments were broadcast against each other into a table of all pairs: "
            "compare their shapes first."
        )
    if got.size == 1 < expected.size:
        return "All elements were reduced to one number: which axis should remain?"
    if got.ndim != expected.ndim or not got.ndim or got.shape[1:] != expected.shape[1:]:
        return None
    more = len(got) - len(expected)
    count = "is 1 entry" if abs(more) == 1 else f"are {abs(more)} entries"
    side = "more" if more > 0 else "fewer"
    return f"There {count} {side} along the first axis than expected: count the steps."


def all_the_same(pair: Pair) -> str | None:
    """Elements that are all zero, or all the same, where others are expected."""
    got, expected = pair.got, pair.expected
    if not pair.same_shape or got.size < 2 or not np.isfinite(got).all() or not np.any(expected):
        return None
    if not np.any(got):
        return "The result is zero everywhere."
    if np.ptp(got) > 0 or np.ptp(expected) == 0:
        return None
    for name, value in (("sum", expected.sum()), ("mean", expected.mean())):
        if close(got.ravel()[0], value):
            return f"Every element is the {name} of all expected ones: treat each by itself."
    return "Every element is the same: does the result depend on the arguments?"


def other_axis(pair: Pair) -> str | None:
    """Probabilities that sum to 1 along another axis, or all together."""
    got, expected = pair.got, pair.expected
    if not pair.same_shape or got.ndim < 2:
        return None
    for axis in range(expected.ndim):
        for other in range(expected.ndim):
            if axis != other and _sums_to_one(expected, axis) and _sums_to_one(got, other):
                return f"It sums to 1 along axis {other}, expected along axis {axis}: other axis."
    if _sums_to_one(expected, got.ndim - 1) and close(got.sum(), 1.0):
        return "All elements together sum to 1: let each row have its own sum."
    return None


def some_right(pair: Pair) -> str | None:
    """Which elements are right, where some are."""
    got = pair.got
    if not pair.same_shape or got.size < 2:
        return None
    right: NDArray[np.bool_] = np.asarray(np.isclose(got, pair.expected, rtol=1e-6, atol=1e-9))
    if right.all() or not right.any():
        return None
    for argument in pair.inputs.values():
        if argument.shape == got.shape and min(np.sum(argument > 0), np.sum(argument < 0)) > 1:
            for side, mask in (("positive", argument > 0), ("negative", argument < 0)):
                if np.array_equal(right, mask):
                    return f"It is right where the argument is {side}, and only there."
    rows: NDArray[np.bool_] = np.asarray(right.reshape(len(got), -1).all(axis=1))
    first = int(np.argmin(rows))
    if first > 0 and not rows[first:].any():
        entries = "entry is" if first == 1 else f"{first} entries are"
        return (
            f"The first {entries} right, and those after are not: "
            "what differs from one entry to the next?"
        )
    if len(rows) > 1 and not rows[0] and rows[1:].all():
        return "Only the first entry is off."
    return f"{int(right.sum())} of {got.size} values are right: compare those that are not."


def _sums_to_one(values: Array, axis: int) -> bool:
    return close(values.sum(axis), np.ones_like(values.sum(axis)))
