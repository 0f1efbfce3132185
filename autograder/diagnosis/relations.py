"""Relations between what was returned and what was expected that hold in every call.

A relation predicts what a wrong function returns, from what is expected and from the arguments. It
is named only where its prediction comes true in all calls that were made, and something is wrong
in at least one of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from autograder.diagnosis.cases import Array, Case, numbers
from autograder.diagnosis.factors import name_factor
from autograder.likeness import same_values

Predict = Callable[["Pair"], Array | None]
Relation = tuple[str, Predict, bool]  # whether a single number is enough to believe it
FAMILIAR = (0.5, 1, 2, 100, 0.01, *(1 / np.log(base) for base in (2, 10)))


@dataclass(frozen=True)
class Pair:
    """What was returned and what was expected, as arrays, with the arguments that are numbers."""

    got: Array
    expected: Array
    inputs: dict[str, Array]

    @property
    def right(self) -> bool:
        """Whether the two are the same."""
        return close(self.got, self.expected)


def pairs_of(cases: Sequence[Case]) -> list[tuple[str, list[Pair]]]:
    """The results of all cases as arrays; where a result has parts, the same part of all.

    Each list is named, and only those in which something is not right are there.
    """
    numbers_of_parts = {_parts(each.expected) for each in cases}
    if len(numbers_of_parts) != 1:
        return []
    (parts,) = numbers_of_parts
    if parts:
        lists = [(f"Part {part + 1}: ", _part_pairs(cases, part)) for part in range(parts)]
    else:
        lists = [("", _part_pairs(cases, None))]
    return [(name, pairs) for name, pairs in lists if not all(pair.right for pair in pairs)]


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


def close(one: Array, other: Array) -> bool:
    """Whether two arrays have one shape and the same values, but for rounding."""
    return same_values(one, other, rtol=1e-6, atol=1e-9)


def _parts(expected: object) -> int:
    if isinstance(expected, (tuple, list)) and numbers(expected) is None:
        return len(expected)
    return 0


def _part_pairs(cases: Sequence[Case], part: int | None) -> list[Pair]:
    pairs = []
    for each in cases:
        got, expected = each.got, each.expected
        if part is not None:
            if not isinstance(got, (tuple, list)) or len(got) != len(expected):
                return []
            got, expected = got[part], expected[part]
        one, other = numbers(got), numbers(expected)
        if one is None or other is None:
            return []
        pairs.append(Pair(one, other, each.inputs))
    return pairs


def _telling(pairs: Sequence[Pair]) -> bool:
    """Whether there is enough to believe in a relation that could come about by chance."""
    return sum(pair.got.size for pair in pairs if not pair.right) >= 2 or len(pairs) >= 3


# -- rules ----------------------------------------------------------------------------------------


def _missing_entries(pairs: Sequence[Pair]) -> str | None:
    if not all(pair.got.ndim and len(pair.expected) for pair in pairs if pair.expected.ndim):
        return None
    if not all(pair.expected.ndim for pair in pairs):
        return None
    for says, entries in ENTRIES:
        if all(close(*entries(pair)) for pair in pairs):
            return says
    return _further_entries(pairs)


def _further_entries(pairs: Sequence[Pair]) -> str | None:
    """Entries around the expected ones, or between them, as many as it may be in each call."""
    wrong = [pair for pair in pairs if not pair.right]
    if not all(pair.got.ndim and pair.got.shape[1:] == pair.expected.shape[1:] for pair in pairs):
        return None
    for where, holds in AROUND:
        if all(holds(pair.got, pair.expected) for pair in pairs):
            return f"The expected entries are all there, with others {where} them: leave those out."
    if all(_at_distance(pair.got, pair.expected) for pair in wrong):
        return FEWER
    return MORE if all(_at_distance(pair.expected, pair.got) for pair in wrong) else None


FEWER = "Of the expected entries only some are there, at equal distances: go on by one."
MORE = "The expected entries are there, with others between them: keep one for each outer round."


def _stand_in(got: Array, expected: Array) -> bool:
    """Whether all expected entries stand in a row somewhere among those returned."""
    length = len(expected)
    return any(
        close(got[place : place + length], expected) for place in range(len(got) - length + 1)
    )


AROUND: tuple[tuple[str, Callable[[Array, Array], bool]], ...] = (
    ("before", lambda got, expected: close(got[max(0, len(got) - len(expected)) :], expected)),
    ("after", lambda got, expected: close(got[: len(expected)], expected)),
    ("before and after", _stand_in),
)


def _at_distance(few: Array, many: Array) -> bool:
    """Whether some entries are every so-manieth of others, whatever number that is."""
    return 0 < len(few) < len(many) and any(
        close(few, many[::step]) for step in range(2, len(many))
    )


Compared = Callable[[Pair], tuple[Array, Array]]

ENTRIES: tuple[tuple[str, Compared], ...] = (
    (
        "The first entry is missing, and the rest is right: the start belongs to the result.",
        lambda pair: (pair.got, pair.expected[1:]),
    ),
    (
        "The last entry is missing, and the rest is right: go one step further.",
        lambda pair: (pair.got, pair.expected[:-1]),
    ),
    (
        "There is one entry too many at the end, and the rest is right: stop one step earlier.",
        lambda pair: (pair.got[:-1], pair.expected),
    ),
    (
        "There is one entry too many at the start, and the rest is right.",
        lambda pair: (pair.got[1:], pair.expected),
    ),
    (
        "It is the last entry alone: return all of them, the earlier ones too.",
        lambda pair: (pair.got, pair.expected[-1]),
    ),
    (
        "Every entry is the last one: the same array stands in every place, and changes with each "
        "step. Make a new one at each step, or keep a copy.",
        lambda pair: (pair.got, np.broadcast_to(pair.expected[-1], pair.expected.shape)),
    ),
)


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


def _positive(function: Callable[[Array], Array]) -> Predict:
    return lambda pair: function(pair.expected) if np.all(pair.expected > 0) else None


def _rounded(digits: int) -> Predict:
    return lambda pair: np.round(pair.expected, digits)


ROUNDED: tuple[Relation, ...] = (
    *(
        (f"It is rounded to {digits} digits after the point: return it as it is.", each, False)
        for digits, each in enumerate(map(_rounded, range(7)))
    ),
    (
        "The fractions are cut off: whole numbers slipped in (`//`, `int`, an array of integers).",
        lambda pair: np.trunc(pair.expected),
        False,
    ),
)
FUNCTIONS_OF_EXPECTED: tuple[Relation, ...] = (
    (
        "It is the absolute value of the expected result: the sign gets lost.",
        lambda pair: np.abs(pair.expected),
        True,
    ),
    (
        "Its size is right and its sign is not always: take `abs` of it.",
        lambda pair: pair.got if close(np.abs(pair.got), pair.expected) else None,
        True,
    ),
    (
        "It is 1 minus the expected result: a sign is turned round, or the opposite is counted.",
        lambda pair: 1 - pair.expected,
        False,
    ),
    (
        "It is the square of the expected result: a root is missing, or a square is too many.",
        lambda pair: pair.expected**2,
        False,
    ),
    ("It is the root of the expected result: leave the root out.", _positive(np.sqrt), True),
    (
        "It is 1 over the expected result: numerator and denominator have changed places.",
        _positive(lambda expected: 1 / expected),
        False,
    ),
    ("It is the logarithm of the expected result.", _positive(np.log), True),
    (
        "It is the exponential of the expected result.",
        lambda pair: np.exp(np.minimum(pair.expected, 700)),
        True,
    ),
    (
        "It is the expected result transposed: swap the two factors, or use `.T`.",
        lambda pair: pair.expected.T,
        False,
    ),
    (
        "The numbers are right, in another shape: the shapes of the arguments say which.",
        lambda pair: (
            pair.expected.reshape(pair.got.shape) if pair.got.size == pair.expected.size else None
        ),
        True,
    ),
    (
        "It is the expected result in reverse order.",
        lambda pair: pair.expected[::-1] if pair.expected.ndim else None,
        False,
    ),
    (
        "It is the sum of the expected elements: keep them apart, without a sum.",
        lambda pair: pair.expected.sum() if pair.expected.size > 1 else None,
        False,
    ),
    (
        "Every element is the sum of all expected ones: treat each by itself.",
        lambda pair: np.full(pair.expected.shape, pair.expected.sum()),
        False,
    ),
    (
        "Every element is the sum of the expected ones of its row: treat each element by itself, "
        "not a whole row.",
        lambda pair: (
            pair.expected.sum(axis=-1, keepdims=True) + 0 * pair.expected
            if pair.expected.ndim > 1
            else pair.expected
        ),
        False,
    ),
    (
        "It is the mean of the expected elements: keep them apart, without a mean.",
        lambda pair: pair.expected.mean() if pair.expected.size > 1 else None,
        False,
    ),
    (
        "It is the expected result, added up along the first axis: nothing is to be added up.",
        lambda pair: np.cumsum(pair.expected, axis=0) if pair.expected.ndim else None,
        False,
    ),
)
FUNCTIONS_OF_ARGUMENTS: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("It is `{}`, unchanged.", lambda x: x),
    ("It is the sum of `{}`.", lambda x: np.asarray(x.sum())),
    ("It is the mean of `{}`.", lambda x: np.asarray(x.mean())),
    ("It is the largest element of `{}`.", lambda x: np.asarray(x.max(initial=-np.inf))),
    ("It is the length of `{}`, its Euclidean norm.", lambda x: np.asarray(np.sqrt((x * x).sum()))),
    ("It is the square of `{}`.", lambda x: x * x),
    ("It is the root of `{}`.", lambda x: np.sqrt(np.abs(x))),
    ("It is the absolute value of `{}`.", np.abs),
    ("It is `{}` with the opposite sign.", lambda x: -x),
    ("It is the sign of `{}`: 1, 0 or −1.", np.sign),
    ("It says where `{}` is positive, 1 or 0.", lambda x: np.where(x > 0, 1.0, 0.0)),
    ("It is the exponential of `{}`.", lambda x: np.exp(np.minimum(x, 700))),
    ("It is the logarithm of `{}`.", lambda x: np.log(np.where(x > 0, x, np.nan))),
    ("It is tanh of `{}`: tanh runs from −1 to 1.", np.tanh),
    ("It is the sigmoid of `{}`, each element for itself.", lambda x: 1 / (1 + np.exp(-x))),
    ("It is `{}` transposed.", lambda x: x.T),
    ("It is `{}` divided by its sum.", lambda x: x / x.sum()),
    (
        "Each entry is the mean of all entries of `{}` so far.",
        lambda x: np.cumsum(x) / np.arange(1, x.size + 1),
    ),
    (
        "It is `{}` with each row divided by its sum.",
        lambda x: x / x.sum(axis=-1, keepdims=True) if x.ndim else x,
    ),
)
FUNCTIONS_OF_TWO: tuple[tuple[str, Callable[[Array, Array], Array]], ...] = (
    (
        "It is the mean over the rows of what `{0}` holds where `{1}` is 1.",
        lambda x, y: np.mean((x * y).sum(axis=-1)),
    ),
    (
        "It is the share of all single elements in which `{0}`, rounded, and `{1}` are equal: "
        "compare row by row.",
        lambda x, y: np.mean(np.round(x) == y),
    ),
)
MOVED = ("weights", "start")
STEPS: tuple[tuple[str, Callable[[Array, Array], Array]], ...] = (
    (
        "It is the step alone: `{}` itself is missing, and the step is to be taken from it.",
        lambda start, expected: expected - start,
    ),
    (
        "It is the step alone: subtract it from `{}`.",
        lambda start, expected: start - expected,
    ),
    (
        "`{}` is moved the opposite way: subtract, not add.",
        lambda start, expected: 2 * start - expected,
    ),
)
COMBINED: tuple[tuple[str, Callable[[Array, Array], Array]], ...] = (
    ("`{}` is added to the expected result: it is one too many.", lambda x, y: x + y),
    ("It is the expected result times `{}`: it is a factor too many.", lambda x, y: x * y),
)
Rule = Callable[[Sequence[Pair]], str | None]
LIKELY: tuple[Rule, ...] = (
    _missing_entries,
    _size_factor,
    _familiar_factor,
    _transformed,
    _function_of_an_argument,
)
OTHERS: tuple[Rule, ...] = (_right_for_one_size, _rounded_result, _other_factor)
