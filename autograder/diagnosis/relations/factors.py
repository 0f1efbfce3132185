"""Constant factors between what was returned and what was expected, and what they come from."""

import math
from collections.abc import Callable

import numpy as np

from autograder.checking.expectations import Array
from autograder.diagnosis.relations.functions import MOVED
from autograder.diagnosis.relations.pairs import (
    Pair,
    Pairs,
    close,
    shared_inputs,
    telling,
    wrong_in,
)

FAMILIAR = {
    1.0: "It is the expected result with the opposite sign.",
    2.0: "It is twice the expected result{}: a factor 2 is too many.",
    0.5: "It is half the expected result{}: a factor 2 is missing.",
    100.0: "It is 100 × the expected result{}: in percent, where a share is expected.",
    0.01: "It is 0.01 × the expected result{}: a constant factor is off.",
} | {
    1 / math.log(base): f"It is {1 / math.log(base):.4g} × the expected result{{}}: the natural "
    f"logarithm is expected (`np.log`), not that of base {base}."
    for base in (2, 10)
}
TIMES = "It is the expected result times {}: a sum is taken where a mean is expected."
DIVIDED = (
    "It is the expected result divided by {}: a mean is taken where a sum is expected, or it is "
    "divided twice."
)
BY_COLUMNS = (
    "It is the expected result times {}: it is divided by the number of rows only (`len`) instead "
    "of all elements (`.size`), or a sum is taken where a mean is expected.",
    "It is the expected result divided by {}: it is divided by the number of all elements instead "
    "of the rows only, or a mean is taken where a sum is expected.",
)
COUNTS: tuple[tuple[str, Callable[[Array], float]], ...] = (
    ("elements", lambda array: array.size),
    ("rows", lambda array: len(array) if array.ndim else 1),
    ("columns", lambda array: array.shape[-1] if array.ndim > 1 else 1),
    ("", lambda array: float(array.ravel()[0]) if array.size else 1),
)


def size_factor(pairs: Pairs) -> str | None:
    """The factor is a number of elements, rows or columns, which differs from call to call."""
    wrong = wrong_in(pairs)
    for what, count in COUNTS:
        for name in shared_inputs(pairs):
            if what == "" and any(pair.inputs[name].ndim for pair in pairs):
                continue
            sizes = [count(pair.inputs[name]) for pair in pairs]
            differ = len({count(pair.inputs[name]) for pair in wrong}) > 1
            many = any(pair.got.size > 1 for pair in wrong)
            times, divided = BY_COLUMNS if what == "columns" else (TIMES, DIVIDED)
            for says, power in ((times, 1), (divided, -1)):
                if (differ or many) and all(
                    close(pair.got, pair.expected * np.float64(size) ** power)
                    for pair, size in zip(pairs, sizes, strict=True)
                ):
                    return says.format(f"the number of {what} of `{name}`" if what else f"`{name}`")
    return None


def familiar_factor(pairs: Pairs) -> str | None:
    """The factor is one that has a usual cause."""
    factor = _constant_factor(pairs)
    if factor is None or (len(pairs) == 1 and not telling(pairs) and not _are_same(factor, -1)):
        return None
    sign = "" if factor > 0 else ", with the opposite sign"
    known = (says.format(sign) for usual, says in FAMILIAR.items() if _are_same(abs(factor), usual))
    return next(known, None)


def other_factor(pairs: Pairs) -> str | None:
    """The factor is any other."""
    factor = _constant_factor(pairs)
    if factor is None or not telling(pairs):
        return None
    return f"It is {factor:.6g} × the expected result: a constant factor is off."


def step_factor(pair: Pair) -> str | None:
    """What is returned is an argument moved, and the move is some factor times the expected one."""
    for name, start in pair.inputs.items():
        if name not in MOVED or start.shape != pair.got.shape or not pair.same_shape:
            continue
        factor = _constant_factor([Pair(pair.got - start, pair.expected - start, {})])
        if factor is None or pair.got.size < 2:
            continue
        if _are_same(factor, -1):
            return f"`{name}` is moved the opposite way: subtract, not add."
        return (
            f"`{name}` is moved {factor:.4g} times as far as expected: which factor is missing or "
            "too many?"
        )
    return None


def constant_difference(pair: Pair) -> str | None:
    """All elements are off by one constant."""
    if not pair.same_shape or pair.got.size < 2:
        return None
    difference = pair.got - pair.expected
    middle = float(np.mean(difference))
    if not np.isfinite(middle) or not close(difference, np.full_like(difference, middle)):
        return None
    side = "above" if middle > 0 else "below"
    return f"Every element is {abs(middle):.6g} {side} the expected one: a constant is off."


def small_difference(pair: Pair) -> str | None:
    """All elements are nearly right."""
    if not pair.same_shape:
        return None
    scale = np.max(np.abs(pair.expected), initial=0.0)
    off = np.max(np.abs(pair.got - pair.expected), initial=0.0)
    if not 0 < off <= 1e-3 * scale:
        return None
    return (
        f"It is close: off by at most {off / scale:.1g} of the largest value. "
        "Look for a lost digit, a small constant in another place, or a missing small term."
    )


def _constant_factor(pairs: Pairs) -> float | None:
    first = wrong_in(pairs)[0]
    if not first.same_shape or not np.any(first.expected):
        return None
    largest = np.unravel_index(np.argmax(np.abs(first.expected)), first.expected.shape)
    factor = float(first.got[largest] / first.expected[largest])
    if not np.isfinite(factor) or factor == 0 or _are_same(factor, 1):
        return None
    return factor if all(close(pair.got, factor * pair.expected) for pair in pairs) else None


def _are_same(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=1e-6)
