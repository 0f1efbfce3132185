"""Entries of a result that are missing, or too many."""

from collections.abc import Callable, Sequence

import numpy as np

from autograder.diagnosis.relations.pairs import Pair, close
from autograder.expectations import Array

FEWER = "Of the expected entries only some are there, at equal distances: go on by one."
MORE = "The expected entries are there, with others between them: keep one for each outer round."
MOST_FURTHER = 50  # entries before the expected ones


def missing_entries(pairs: Sequence[Pair]) -> str | None:
    """A sentence on entries that are missing in all calls, or too many, or None."""
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


def _stand_in(got: Array, expected: Array) -> bool:
    """Whether all expected entries stand in a row somewhere among those returned."""
    length = len(expected)
    further = min(len(got) - length, MOST_FURTHER)
    return any(close(got[place : place + length], expected) for place in range(further + 1))


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
