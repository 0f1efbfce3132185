"""Relations between what was returned and what was expected that hold in every call.

A relation predicts what a wrong function returns, from what is expected and from the arguments. It
is named only where its prediction comes true in all calls that were made, and something is wrong
in at least one of them.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from autograder.diagnosis.evidence.cases import Case
from autograder.diagnosis.relations.entries import missing_entries
from autograder.diagnosis.relations.factors import name_factor
from autograder.diagnosis.relations.functions import (
    COMBINED,
    FUNCTIONS_OF_ARGUMENTS,
    FUNCTIONS_OF_EXPECTED,
    FUNCTIONS_OF_TWO,
    MOVED,
    ROUNDED,
    STEPS,
    Predict,
    Relation,
)
from autograder.diagnosis.relations.pairs import Pair, close, pairs_of
from autograder.expectations import Array

FAMILIAR = (0.5, 1, 2, 100, 0.01, *(1 / np.log(base) for base in (2, 10)))


def relation_of(cases: Sequence[Case], *, likely: bool = True) -> str | None:
    """A sentence on the relation that holds in all cases, or None.

    Parameters
    ----------
    cases : sequence of Case
        All calls that were made.
    likely : bool
        Whether to look for what points to a cause, or for what is only so.
    """
    for name, pairs in pairs_of(cases):
        with np.errstate(all="ignore"):
            for rule in LIKELY if likely else OTHERS:
                sentence = rule(pairs)
                if sentence:
                    return name + sentence
    return None


def _telling(pairs: Sequence[Pair]) -> bool:
    """Whether there is enough to believe in a relation that could come about by chance."""
    return sum(pair.got.size for pair in pairs if not pair.right) >= 2 or len(pairs) >= 3


# -- rules ----------------------------------------------------------------------------------------


def _size_factor(pairs: Sequence[Pair]) -> str | None:
    """The factor is a number of elements, rows or columns, which differs from call to call."""
    wrong = [pair for pair in pairs if not pair.right]
    names = [name for name in pairs[0].inputs if all(name in pair.inputs for pair in pairs)]
    for what, count in COUNTS:
        for name in names:
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
                    number = f"the number of {what} of `{name}`" if what else f"`{name}`"
                    return says.format(number)
    return None


TIMES = "It is the expected result times {}: a sum is taken where a mean is expected."
DIVIDED = (
    "It is the expected result divided by {}: a mean is taken where a sum is expected, or it is "
    "divided twice."
)
BY_COLUMNS = (
    "It is the expected result times {}: it is divided by the number of rows alone (`len`) in "
    "place of all elements (`.size`), or a sum is taken where a mean is expected.",
    "It is the expected result divided by {}: it is divided by the number of all elements in "
    "place of the rows alone, or a mean is taken where a sum is expected.",
)
COUNTS: tuple[tuple[str, Callable[[Array], float]], ...] = (
    ("elements", lambda each: each.size),
    ("rows", lambda each: len(each) if each.ndim else 1),
    ("columns", lambda each: each.shape[-1] if each.ndim > 1 else 1),
    ("", lambda each: float(each.ravel()[0]) if each.size else 1),
)


def _familiar_factor(pairs: Sequence[Pair]) -> str | None:
    factor = _constant_factor(pairs)
    if factor is None or not any(np.isclose(abs(factor), each, rtol=1e-6) for each in FAMILIAR):
        return None
    return name_factor(factor, np.asarray(0.0), [])


def _other_factor(pairs: Sequence[Pair]) -> str | None:
    factor = _constant_factor(pairs)
    wrong = [pair for pair in pairs if not pair.right]
    if factor is None or not _telling(wrong):
        return None
    return name_factor(factor, np.asarray(0.0), [])


def _constant_factor(pairs: Sequence[Pair]) -> float | None:
    wrong = [pair for pair in pairs if not pair.right]
    first = wrong[0]
    if first.got.shape != first.expected.shape or not np.any(first.expected):
        return None
    largest = np.unravel_index(np.argmax(np.abs(first.expected)), first.expected.shape)
    factor = float(first.got[largest] / first.expected[largest])
    if not np.isfinite(factor) or factor == 0:
        return None
    return factor if all(close(pair.got, factor * pair.expected) for pair in pairs) else None


def _right_for_one_size(pairs: Sequence[Pair]) -> str | None:
    """Right for all calls with one number of rows, and for none with another."""
    names = [name for name in pairs[0].inputs if all(name in pair.inputs for pair in pairs)]
    for name in names:
        rows = {
            side: [len(pair.inputs[name]) for pair in pairs if pair.right is side]
            for side in (True, False)
            if all(pair.inputs[name].ndim > 1 for pair in pairs)
        }
        if not rows or min(map(len, rows.values())) < 2:
            continue
        one = rows[True][0]
        if {*rows[True]} == {one} and one not in rows[False]:
            return (
                f"It is right where `{name}` has {one} rows, and for no other number: which "
                "formula holds for that number alone?"
            )
    return None


def _transformed(pairs: Sequence[Pair]) -> str | None:
    return _predicted(pairs, FUNCTIONS_OF_EXPECTED)


def _rounded_result(pairs: Sequence[Pair]) -> str | None:
    return _predicted(pairs, ROUNDED)


def _predicted(pairs: Sequence[Pair], known: Sequence[Relation]) -> str | None:
    for says, predict, certain in known:
        predicted = [predict(pair) for pair in pairs]
        if all(
            value is not None and close(pair.got, value)
            for pair, value in zip(pairs, predicted, strict=True)
        ) and (certain or _telling(pairs)):
            return says
    return None


def _function_of_an_argument(pairs: Sequence[Pair]) -> str | None:
    names = [name for name in pairs[0].inputs if all(name in pair.inputs for pair in pairs)]
    known: list[Relation] = [
        (says.format(one, other), _of_two(one, other, each), False)
        for one, other in pairwise(names)
        for says, each in FUNCTIONS_OF_TWO
    ]
    for name in names:
        known += [
            (says.format(name), _of_argument(name, each), False)
            for says, each in FUNCTIONS_OF_ARGUMENTS
        ]
        known += [(says.format(name), _of_both(name, each), False) for says, each in COMBINED]
        if name in MOVED:
            known += [(says.format(name), _of_both(name, each), False) for says, each in STEPS]
    return _predicted(pairs, known)


def _of_argument(name: str, function: Callable[[Array], Array]) -> Predict:
    def predict(pair: Pair) -> Array:
        value = function(pair.inputs[name])
        shorter = value.ndim and value.shape[1:] == pair.got.shape[1:] and pair.got.ndim
        return value[len(value) - len(pair.got) :] if shorter and len(pair.got) else value

    return predict


def _of_both(name: str, function: Callable[[Array, Array], Array]) -> Predict:
    def predict(pair: Pair) -> Array | None:
        argument = pair.inputs[name]
        if argument.shape != pair.expected.shape:
            return None
        return function(argument, pair.expected)

    return predict


def _of_two(one: str, other: str, function: Callable[[Array, Array], Array]) -> Predict:
    def predict(pair: Pair) -> Array | None:
        first, second = pair.inputs[one], pair.inputs[other]
        return function(first, second) if first.shape == second.shape and first.ndim else None

    return predict


Rule = Callable[[Sequence[Pair]], str | None]
LIKELY: tuple[Rule, ...] = (
    missing_entries,
    _size_factor,
    _familiar_factor,
    _transformed,
    _function_of_an_argument,
)
OTHERS: tuple[Rule, ...] = (_right_for_one_size, _rounded_result, _other_factor)
