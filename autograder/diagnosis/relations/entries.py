"""Entries of a result among others: a run of them, or every n-th."""

from autograder.checking.expectations import Array
from autograder.diagnosis.relations.functions import function_of_entries
from autograder.diagnosis.relations.pairs import Pairs, close, wrong_in

FEWER = "Of the expected entries only some are there, at equal distances: go on by one."
MORE = "The expected entries are there, with others between them: keep one for each outer round."
WITHIN = "The expected entries are all there, with others before and after them: leave those out."
MAX_FURTHER = 50  # entries before the expected ones


def missing_entries(pairs: Pairs) -> str | None:
    """A sentence on entries that are missing in all calls, or too many, or None."""
    if not all(pair.got.ndim and pair.expected.ndim and len(pair.expected) for pair in pairs):
        return None
    if said := function_of_entries(pairs):
        return said
    if not all(pair.got.shape[1:] == pair.expected.shape[1:] for pair in pairs):
        return None
    if all(_are_within(pair.got, pair.expected) for pair in pairs):
        return WITHIN
    wrong = wrong_in(pairs)
    if all(_at_distance(pair.got, pair.expected) for pair in wrong):
        return FEWER
    return MORE if all(_at_distance(pair.expected, pair.got) for pair in wrong) else None


def _are_within(got: Array, expected: Array) -> bool:
    """Whether all expected entries are in a row somewhere among those returned."""
    length = len(expected)
    further = min(len(got) - length, MAX_FURTHER)
    return any(close(got[place : place + length], expected) for place in range(further + 1))


def _at_distance(few: Array, many: Array) -> bool:
    """Whether some entries are every n-th of others, whatever n is."""
    return 0 < len(few) < len(many) and any(
        close(few, many[::step]) for step in range(2, len(many))
    )
