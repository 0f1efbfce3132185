"""Structural comparison of what was returned with what was expected, from the whole to the detail.

Each rule looks for one relation between the two and says what it points to. The first rule that
holds speaks; rules are ordered so that the more specific cause comes first.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from autograder.checking.expectations import NOTHING, Array, Unmet
from autograder.checking.transcript import Call
from autograder.diagnosis.cases import numbers
from autograder.diagnosis.factors import factor_between, name_factor
from autograder.diagnosis.result_pairs import close

Inputs = dict[int, Array]  # by the number of the argument, counted from 1
Rule = Callable[[Array, Array, Inputs], str | None]


def probable_cause(error: Unmet, call: Call | None) -> str | None:
    """A sentence that names the likely cause of an unmet expectation, or None.

    Parameters
    ----------
    error : Unmet
        The expectation, with the values compared.
    call : Call or None
        The call whose result was judged.
    """
    if error.got is NOTHING or error.expected is NOTHING:
        return None
    got, expected = numbers(error.got), numbers(error.expected)
    if got is None or expected is None:
        return None
    inputs = dict(_inputs(call))
    moves = call is not None and "." in call.target  # a method that moves its first argument
    with np.errstate(all="ignore"):
        rules = SAME_SHAPE if got.shape == expected.shape else OTHER_SHAPE
        for rule in rules if moves else [each for each in rules if each is not _other_step]:
            cause = rule(got, expected, inputs)
            if cause:
                return cause
    return None


# -- other shape ----------------------------------------------------------------------------------


def _list_of_right_numbers(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.size == expected.size and close(got.ravel(), expected.ravel()):
        return f"The numbers are right, in another shape: give them shape {expected.shape}."
    return None


def _transposed(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.ndim >= 2 and got.shape == expected.shape[::-1]:
        if close(got.T, expected):
            return "It is the expected result transposed: swap the two factors, or use `.T`."
        return "The shape is that of the transposed result: check which factor carries `.T`."
    return None


def _outer(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.ndim == 2 and expected.ndim <= 1 and got.shape[0] == got.shape[1]:
        return (
            "Two arguments were broadcast against each other into a table of all pairs: "
            "compare their shapes first."
        )
    return None


def _reduced(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.size == 1 and expected.size > 1:
        for name, value in (("sum", expected.sum()), ("mean", expected.mean())):
            if close(got.ravel()[0], value):
                return f"It is the {name} of the expected elements: keep them apart."
        return "All elements were reduced to one number: which axis should remain?"
    for axis in range(expected.ndim):
        for name, value in (("sum", expected.sum(axis)), ("mean", expected.mean(axis))):
            if got.shape == value.shape and close(got, value):
                return f"It is the {name} of the expected result over axis {axis}: leave that axis."
    return None


def _not_reduced(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.size <= expected.size:
        return None
    for axis in (None, *range(got.ndim)):
        for name, value in (("sum", got.sum(axis)), ("mean", got.mean(axis))):
            if np.shape(value) == expected.shape and close(value, expected):
                over = "all elements" if axis is None else f"axis {axis}"
                return f"The {name} over {over} is still to be taken."
    return None


def _all_in_place_of_one(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if expected.size != 1 or got.size < 2:
        return None
    for name, value in (("smallest", got.min()), ("largest", got.max()), ("last", got.ravel()[-1])):
        if close(value, float(expected.ravel()[0])):
            return f"The expected number is the {name} of these: return it alone."
    return None


def _one_more_or_less(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.ndim != expected.ndim or not got.ndim or got.shape[1:] != expected.shape[1:]:
        return None
    more = len(got) - len(expected)
    if more == -1 and close(got, expected[1:]):
        return "The first entry is missing, and the rest is right: the start belongs to the result."
    if more == -1 and close(got, expected[:-1]):
        return "The last entry is missing, and the rest is right: go one step further."
    if more == 1 and close(got[:-1], expected):
        return "There is one entry too many at the end: stop one step earlier."
    if more == 1 and close(got[1:], expected):
        return "There is one entry too many at the start."
    side = "more" if more > 0 else "fewer"
    count = f"{abs(more)} {'entry' if abs(more) == 1 else 'entries'}"
    return f"There are {count} {side} along the first axis than expected: count the steps."


# -- the same shape -------------------------------------------------------------------------------


def _not_finite(got: Array, expected: Array, inputs: Inputs) -> str | None:
    bad = ~np.isfinite(got)
    if not bad.any() or not np.isfinite(expected).all():
        return None
    what = "nan" if np.isnan(got[bad]).any() else "inf"
    values = [*inputs.values()]
    largest = max((float(np.max(np.abs(each), initial=0.0)) for each in values), default=0.0)
    if largest > 500:
        return (
            f"{what} comes from an exponential that overflows (keep its argument below 700), or "
            "from a division by a probability that is exactly 0 (cancel it on paper)."
        )
    ends = any(np.any((each == 0) | (each == 1)) for each in values)
    if ends:
        return f"{what} comes from a logarithm of 0 or a division by 0: keep the argument above 0."
    return f"{what} comes from a division by 0, a logarithm of 0 or a difference of infinities."


def _opposite(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if np.any(expected) and close(got, -expected):
        return "It is the expected result with the opposite sign."
    return None


def _constant_factor(got: Array, expected: Array, inputs: Inputs) -> str | None:
    factor = factor_between(got, expected)
    if factor == 0:
        return "The result is zero everywhere."
    if factor is None or np.ptp(expected) == 0:  # one number is some factor times any other
        return None
    return name_factor(factor, expected, [*inputs.values()])


def _unchanged(got: Array, expected: Array, inputs: Inputs) -> str | None:
    for position, each in inputs.items():
        if each.shape == got.shape and each.size > 1 and close(got, each):
            return f"It is argument number {position}, unchanged."
    return None


def _other_step(got: Array, expected: Array, inputs: Inputs) -> str | None:
    """What is returned is an argument moved, and the move is not the expected one."""
    for position, start in inputs.items():
        if position > 1 or start.shape != got.shape or close(start, expected):
            continue
        if close(got, expected - start) and np.any(start):
            return f"It is the step alone: argument number {position} itself is missing."
        if close(got, start - expected) and np.any(start):
            return (
                f"It is the step alone, taken from argument number {position}: subtract it there."
            )
        factor = factor_between(got - start, expected - start)
        if factor is None or abs(factor) < 1e-12 or got.size == 1:
            continue
        if abs(factor + 1) < 1e-6:
            return f"Argument number {position} is moved the opposite way: subtract, not add."
        return (
            f"The step away from argument number {position} is {factor:.4g} times as long "
            "as expected: which factor is missing or too many?"
        )
    return None


def _in_other_order(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.ndim >= 2 and got.shape == got.T.shape and close(got.T, expected):
        return "It is the expected result transposed: swap the two factors, or use `.T`."
    if got.ndim and len(got) > 1:
        if close(got[::-1], expected):
            return "It is the expected result in reverse order."
        if len(got) > 2 and close(got[1:], expected[:-1]):
            return "It is one step late: each entry stands where the one before it belongs."
        if len(got) > 2 and close(got[:-1], expected[1:]):
            return "It is one step early: each entry stands where the one after it belongs."
        if got.size > 2 and close(np.sort(got, axis=None), np.sort(expected, axis=None)):
            return "The numbers are right, in another order."
    return None


def _constant(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.size > 1 and np.ptp(got) == 0 and np.ptp(expected) > 0:
        for name, value in (("sum", expected.sum()), ("mean", expected.mean())):
            if close(got.ravel()[0], value):
                return f"Every element is the {name} of all expected ones: treat each by itself."
        return "Every element is the same: does the result depend on the arguments?"
    return None


def _constant_difference(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.size < 2 or not np.isfinite(got).all() or not np.isfinite(expected).all():
        return None
    difference = got - expected
    middle = float(np.mean(difference))
    if np.allclose(difference, middle, rtol=1e-6, atol=1e-9 * (1 + np.abs(expected).max())):
        side = "above" if middle > 0 else "below"
        return f"Every element lies {abs(middle):.6g} {side} the expected one: a constant is off."
    return None


def _function_of_expected(got: Array, expected: Array, inputs: Inputs) -> str | None:
    positive = expected[expected > 0]
    relations: list[tuple[str, Array]] = [
        (
            "the square of the expected result: a root is missing, or a square is too many",
            expected**2,
        ),
        ("the absolute value of the expected result: the sign got lost", np.abs(expected)),
        ("1 minus the expected result", 1 - expected),
    ]
    if positive.size == expected.size:
        relations += [
            ("the root of the expected result: leave it squared", np.sqrt(expected)),
            ("1 over the expected result: numerator and denominator are swapped", 1 / expected),
            ("the logarithm of the expected result", np.log(expected)),
        ]
    relations.append(("the exponential of the expected result", np.exp(np.minimum(expected, 700))))
    for name, value in relations:
        if close(got, value) and np.any(expected):
            return f"It is {name}."
    return None


def _other_axis(got: Array, expected: Array, inputs: Inputs) -> str | None:
    if got.ndim < 2:
        return None
    for axis in range(expected.ndim):
        for other in range(expected.ndim):
            if axis != other and _sums_to_one(expected, axis) and _sums_to_one(got, other):
                return f"It sums to 1 along axis {other}, expected along axis {axis}: other axis."
    if _sums_to_one(expected, got.ndim - 1) and close(got.sum(), 1.0):
        return "All elements together sum to 1: let each row have a sum of its own."
    return None


def _rounded(got: Array, expected: Array, inputs: Inputs) -> str | None:
    whole = close(expected, np.round(expected))
    cut = close(got, np.trunc(expected)) or close(got, np.round(expected))
    if got.size > 1 and not whole and cut:
        return "The fractions are cut off: integers slipped in (`//`, an integer array, `round`)."
    scale = np.max(np.abs(expected), initial=0.0)
    off = np.max(np.abs(got - expected), initial=0.0)
    if 0 < off <= 1e-3 * scale:
        return (
            f"It is close: off by at most {off / scale:.1g} of the largest value. "
            "Look for a lost digit, a small constant in another place, or a missing small term."
        )
    return None


def _only_some(got: Array, expected: Array, inputs: Inputs) -> str | None:
    right: NDArray[np.bool_] = np.asarray(np.isclose(got, expected, rtol=1e-6, atol=1e-9))
    if right.all() or not right.any() or got.size < 2:
        return None
    for each in inputs.values():
        if each.shape == got.shape and min(np.sum(each > 0), np.sum(each < 0)) > 1:
            for side, mask in (("positive", each > 0), ("negative", each < 0)):
                if np.array_equal(right, mask):
                    return f"It is right where the argument is {side}, and only there."
    if got.ndim:
        rows: NDArray[np.bool_] = np.asarray(right.reshape(len(got), -1).all(axis=1))
        first = int(np.argmin(rows))
        if first > 0 and not rows[first:].any():
            entries = "entry is" if first == 1 else f"{first} entries are"
            return (
                f"The first {entries} right, and those after are not: "
                "what differs from one entry to the next?"
            )
        if not rows[0] and rows[1:].all():
            return "Only the first entry is off."
    return f"{int(right.sum())} of {got.size} values are right: compare those that are not."


SAME_SHAPE: list[Rule] = [
    _not_finite,
    _opposite,
    _constant_factor,
    _unchanged,
    _in_other_order,
    _other_step,
    _constant,
    _function_of_expected,
    _other_axis,
    _constant_difference,
    _rounded,
    _only_some,
]
OTHER_SHAPE: list[Rule] = [
    _transposed,
    _list_of_right_numbers,
    _one_more_or_less,
    _outer,
    _all_in_place_of_one,
    _reduced,
    _not_reduced,
]


def _sums_to_one(values: Array, axis: int) -> bool:
    return close(values.sum(axis), np.ones_like(values.sum(axis)))


def _inputs(call: Call | None) -> Iterator[tuple[int, Array]]:
    if call is None or call.kind != "call":
        return
    for number, value in enumerate((*call.arguments, *call.keywords.values()), start=1):
        array = numbers(value)
        if array is not None:
            yield number, array
