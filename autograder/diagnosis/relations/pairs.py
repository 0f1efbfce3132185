"""What was returned and what was expected, as pairs of arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from autograder.diagnosis.evidence.cases import Case, numbers
from autograder.expectations import Array
from autograder.likeness import same_values


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


def close(one: ArrayLike, other: ArrayLike) -> bool:
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
