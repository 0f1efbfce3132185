"""Relations between what was returned and what was expected.

A relation predicts what a wrong function returns, from what is expected and from the arguments. It
is named only where its prediction comes true in all calls, and there are two wrong ones at least
with several values: otherwise it may come true by chance. What one call shows is described only.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from types import CodeType

import numpy as np

from autograder.checking.equality import as_array, same_values
from autograder.checking.expectations import Array
from autograder.diagnosis.evidence.cases import Case
from autograder.diagnosis.relations import equations
from autograder.diagnosis.relations.equations import MOVED, SIZES, Equations
from autograder.diagnosis.relations.pairs import (
    Pair,
    Pairs,
    close,
    pairs_of,
    shared_inputs,
    values_in,
    wrong_in,
)

FEW, ENOUGH = 3, 4  # different values: for other entries, and for a function of the values
HUGE = 500  # exp(710) is more than a float can hold
Rule = Callable[[Pairs], str | None]


def likely(pairs: Pairs) -> str | None:
    """A relation that points to a cause."""
    calls, values = len(wrong_in(pairs)), values_in(pairs)
    if calls < 2 or values < FEW:
        return None
    if found := always_the_same(pairs) or _first_true(pairs, equations.ENTRIES):
        return found
    if values < ENOUGH:
        return None
    names = shared_inputs(pairs)
    tables: list[tuple[Equations, tuple[str, ...]]] = [
        *(({equation: says}, (name,)) for equation, says in SIZES.items() for name in names),
        ({**equations.FACTORS, **equations.OF_EXPECTED}, ()),
        *((equations.OF_TWO_ARGUMENTS, two) for two in pairwise(names)),
        *((_of_argument(name, pairs), (name,)) for name in names),
    ]
    return next((said for table, of in tables if (said := _first_true(pairs, table, *of))), None)


def other(pairs: Pairs) -> str | None:
    """A relation that says only what is so."""
    something = any(np.any(pair.got) for pair in wrong_in(pairs)) and values_in(pairs) >= FEW
    rounded = _first_true(pairs, equations.ROUNDED) if something else None
    return right_for_one_size(pairs) or rounded


def always_the_same(pairs: Pairs) -> str | None:
    """One number, whatever is expected."""
    got = {pair.got.tobytes() for pair in pairs}
    expected = {pair.expected.tobytes() for pair in pairs}
    if len(got) > 1 or len(expected) < FEW or pairs[0].got.size != 1:
        return None
    return f"The result is {float(pairs[0].got.item()):.6g} whatever the arguments are."


def right_for_one_size(pairs: Pairs) -> str | None:
    """Right for all calls with one number of rows, and for none with another."""
    for name in shared_inputs(pairs):
        if any(pair.inputs[name].ndim < 2 for pair in pairs):
            continue
        right = [len(pair.inputs[name]) for pair in pairs if pair.right]
        wrong = [len(pair.inputs[name]) for pair in pairs if not pair.right]
        if min(len(right), len(wrong)) > 1 and len({*right}) == 1 and right[0] not in wrong:
            rows = "1 row" if right[0] == 1 else f"{right[0]} rows"
            return (
                f"It is right where `{name}` has {rows}, and for no other number: which formula "
                "holds for that number only?"
            )
    return None


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
        return (
            "All elements were reduced to one number, by a sum, a mean or a product of two arrays: "
            "keep them apart."
        )
    if got.ndim == expected.ndim + 1 and got.shape[: expected.ndim] == expected.shape:
        return (
            "There is an axis too many at the end: a sum, a mean or a product `@` over it is "
            "missing."
        )
    for name, value in pair.inputs.items():
        if got.ndim == expected.ndim == 1 and value.shape == (len(got), len(expected)):
            return f"It has a number for each row of `{name}`, expected one for each column."
    return None


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


def relation_of(cases: Sequence[Case], rule: Rule) -> str | None:
    """A sentence on a relation that holds in all cases, or None."""
    with np.errstate(all="ignore"):
        for name, pairs in pairs_of(cases):
            if not all(pair.right for pair in pairs) and (sentence := rule(pairs)):
                return name + sentence
    return None


def described(case: Case) -> str | None:
    """What a single comparison that did not hold shows, however close it is, or None."""
    lists = pairs_of([case])
    with np.errstate(all="ignore"):
        for name, (pair,) in lists:
            if not pair.right or len(lists) == 1:
                for describe in (not_finite, other_shape, small_difference):
                    if sentence := describe(pair):
                        return name + sentence
    return None


def same_points(cases: Sequence[Case]) -> str | None:
    """A sentence where a function that is handed over is asked at one point again and again."""
    for name in {event.name for case in cases for event in case.events}:
        told_apart = [
            points
            for case in cases
            if _differ(_points(case.expected_events, name))
            and len(points := _points(case.events, name)) > 1
        ]
        if told_apart and not any(map(_differ, told_apart)):
            return (
                f"All calls of `{name}` get the same point, expected different ones: two "
                "names of one array move together, and `.copy()` makes another array."
            )
    return None


def _points(events: Sequence[object], name: str) -> list[Array]:
    calls = [event for event in events if getattr(event, "name", "") == name]
    return [as_array(call.arguments[0]) for call in calls if call.arguments]  # type: ignore[attr-defined]


def _differ(points: Sequence[Array]) -> bool:
    with np.errstate(all="ignore"):
        return any(not same_values(point, points[0], atol=0.0) for point in points[1:])


def _of_argument(name: str, pairs: Pairs) -> Equations:
    same_shape = all(pair.inputs[name].shape == pair.expected.shape for pair in pairs)
    both = {**equations.OF_BOTH, **(equations.STEPS if name in MOVED else {})}
    return {**equations.OF_ARGUMENT, **(both if same_shape else {})}


def _first_true(pairs: Pairs, table: Equations, *names: str) -> str | None:
    """The sentence on the first equation that comes true in all pairs."""
    values = [
        {"r": pair.got, "y": pair.expected}
        | {letter: pair.inputs[name] for letter, name in zip("xz", names, strict=False)}
        for pair in pairs
    ]
    for equation, says in table.items():
        found = [_where_true(equation, value) for value in values]
        if None not in found and any(found):
            return says.format(*names).replace("  ", " ")
    return None


def _where_true(equation: str, values: dict[str, Array]) -> int | None:
    """In how many finite elements an equation comes true; None where it does not."""
    try:
        left, right = (np.asarray(eval(side, {"np": np}, values)) for side in _sides(equation))  # noqa: S307 - our own tables
    except (IndexError, TypeError, ValueError, ZeroDivisionError):
        return None  # not defined for these shapes
    if "x" in values and left.ndim and right.shape[1:] == left.shape[1:] and right.ndim:
        right = right[max(0, len(right) - len(left)) :]  # a result may begin later
    return int(np.isfinite(right).sum()) if close(left, right) else None


@cache
def _sides(equation: str) -> tuple[CodeType, CodeType]:
    left, right = equation.split(" = ")
    return compile(left, equation, "eval"), compile(right, equation, "eval")
