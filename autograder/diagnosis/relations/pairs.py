"""What was returned and what was expected, as pairs of arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import ArrayLike

from autograder.checking.equality import same_values
from autograder.checking.expectations import Array
from autograder.diagnosis.evidence.cases import Case, numbers


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

    @property
    def same_shape(self) -> bool:
        """Whether the two have one shape."""
        return self.got.shape == self.expected.shape


Pairs = Sequence[Pair]


def pairs_of(cases: Sequence[Case]) -> list[tuple[str, list[Pair]]]:
    """The results of all cases as arrays; where a result has parts, the same part of all, named."""
    numbers_of_parts = {_parts(case.expected) for case in cases}
    if len(numbers_of_parts) != 1:
        return []
    (parts,) = numbers_of_parts
    if not parts:
        lists = [("", _part_pairs(cases, None))]
    else:
        lists = [(f"Part {part + 1}: ", _part_pairs(cases, part)) for part in range(parts)]
    return [pairs for pairs in lists if pairs[1]]


def close(first: ArrayLike, second: ArrayLike) -> bool:
    """Whether two arrays have one shape and the same values, except for rounding."""
    return same_values(first, second, rtol=1e-6, atol=1e-9)


def wrong_in(pairs: Pairs) -> Pairs:
    """The pairs that are not right."""
    return [pair for pair in pairs if not pair.right]


def values_in(pairs: Pairs) -> int:
    """How many different values were returned where they are wrong."""
    seen = {
        (got, expected)
        for pair in wrong_in(pairs)
        for got, expected in zip_longest(pair.got.ravel(), pair.expected.ravel()[: pair.got.size])
        if np.isfinite(got)
    }
    return len(seen)


def shared_inputs(pairs: Pairs) -> list[str]:
    """The names of the arguments that are numbers in all pairs."""
    return [name for name in pairs[0].inputs if all(name in pair.inputs for pair in pairs)]


def _parts(expected: object) -> int:
    if isinstance(expected, (tuple, list)) and numbers(expected) is None:
        return len(expected)
    return 0


def _part_pairs(cases: Sequence[Case], part: int | None) -> list[Pair]:
    pairs = []
    for case in cases:
        got, expected = case.got, case.expected
        if part is not None:
            if not isinstance(got, (tuple, list)) or len(got) != len(expected):
                return []
            got, expected = got[part], expected[part]
        numbers_got, numbers_expected = numbers(got), numbers(expected)
        if numbers_got is None or numbers_expected is None:
            return []
        pairs.append(Pair(numbers_got, numbers_expected, case.inputs))
    return pairs
