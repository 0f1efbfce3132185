"""What a comparison points to, by itself or together with others."""

from typing import Any

import numpy as np
import pytest

from autograder.diagnosis.evidence.cases import Case
from autograder.diagnosis.relations.relation import described, likely, other, relation_of


def case(got: Any, expected: Any, **given: Any) -> Case:
    return Case(given, np.asarray(got, dtype=float), np.asarray(expected, dtype=float))


VALUES = (np.array([1.5, 2.25, -4.0]), np.array([0.5, 7.0, 3.0]), np.array([9.0, -2.0, 0.25]))


@pytest.mark.parametrize(
    ("returned", "phrase"),
    [
        (lambda y: 2 * y, "twice the expected result"),
        (lambda y: -y / 2, "half the expected result, with the opposite sign"),
        (lambda y: y**2, "square of the expected result"),
        (lambda y: y[1:], "first entry is missing"),
        (lambda y: np.repeat(y, 2)[:-1], "with others between them"),
        (lambda y: np.concatenate([[8], y, [7]]), "others before and after them"),
        (lambda y: y / y.size, "divided by the number of elements of `weights`"),
        (lambda y: y[::-1], "in reverse order"),
        (lambda y: 5.0, "5 whatever the arguments are"),
    ],
)
def test_relation_holds_in_all_calls(returned: Any, phrase: str) -> None:
    cases = [case(returned(values), values, weights=np.ones(3)) for values in VALUES]
    assert phrase in (relation_of(cases, likely) or "")


def test_relation_that_fails_in_one_call_is_not_named() -> None:
    twice = [case(2 * values, values) for values in VALUES]
    assert "twice" in (relation_of(twice, likely) or "")
    assert relation_of([*twice, case([4, 5, 7], [3, 1, 9])], likely) is None


@pytest.mark.parametrize(
    ("got", "expected"),
    [(16, 4), (-1, 2), (2, 4), ([[-0.5, 0.5], [1, -1]], [[0.5, -0.5], [-1, 1]])],
)
def test_relation_of_one_call_is_not_believed(got: Any, expected: Any) -> None:
    # 16 is 4², −1 is 1 − 2, and rows that are exchanged may be the negative ones
    for rule in (likely, other):
        assert relation_of([case(got, expected)], rule) is None
    assert described(case(got, expected)) is None


def test_relation_calls_arguments_by_their_names() -> None:
    cases = [case(values, values + 1, targets=values) for values in VALUES]
    assert relation_of(cases, likely) == "It is `targets`, unchanged."
    moved = [case(10 - values, values, weights=np.full(3, 10.0)) for values in VALUES]
    assert "subtract it from `weights`" in (relation_of(moved, likely) or "")


def test_relation_tells_which_part_of_a_result_is_off() -> None:
    cases = [Case({}, (values[:2], 2 * values), (values[:2], values)) for values in VALUES]
    assert (relation_of(cases, likely) or "").startswith("Part 2: It is twice")


@pytest.mark.parametrize(
    ("got", "expected", "phrase"),
    [
        ([6], [1, 2, 3], "reduced to one number"),
        ([[1, 2], [3, 4]], [4, 6], "table of all pairs"),
        ([np.nan, 1], [2, 1], "division by 0"),
        ([1, 2.0005, 4], [1, 2, 4], "It is close"),
    ],
)
def test_one_comparison_is_described(got: Any, expected: Any, phrase: str) -> None:
    assert phrase in (described(case(got, expected)) or "")
