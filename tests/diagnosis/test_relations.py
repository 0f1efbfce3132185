"""What a comparison points to, by itself or together with others."""

from typing import Any

import numpy as np
import pytest

from autograder.diagnosis.evidence.cases import Case
from autograder.diagnosis.relations.relation import LIKELY, OTHERS, relation_in, relation_of


def case(got: Any, expected: Any, **given: Any) -> Case:
    return Case(given, np.asarray(got, dtype=float), np.asarray(expected, dtype=float))


@pytest.mark.parametrize(
    ("got", "expected", "phrase"),
    [
        ([2, 4, 6], [1, 2, 3], "twice the expected result"),
        ([1, 4, 9], [1, 2, 3], "square of the expected result"),
        ([[1, 4], [2, 5], [3, 6]], [[1, 2, 3], [4, 5, 6]], "transposed"),
        ([6], [1, 2, 3], "reduced to one number"),
        ([[1, 2], [3, 4]], [4, 6], "sum over axis 0 is still to be taken"),
        ([2, 3], [1, 2, 3], "first entry is missing"),
        ([1, 2, 9], [1, 2, 3, 4], "There is 1 entry fewer"),
        ([0, 0, 0], [0.2, 0.3, 0.5], "zero everywhere"),
        ([5, 5, 5], [1, 2, 3], "Every element is the same"),
        ([1.5, 2.5, 5.5], [1, 2, 5], "Every element is 0.5 above"),
        ([np.nan, 1], [2, 1], "division by 0"),
        ([1, 2.0005, 4], [1, 2, 4], "It is close"),
        ([1, 7, 8], [1, 2, 3], "first entry is right"),
    ],
)
def test_relation_in_names_what_one_comparison_shows(got: Any, expected: Any, phrase: str) -> None:
    assert phrase in (relation_in(case(got, expected)) or "")


@pytest.mark.parametrize(("got", "expected"), [(16, 4), (-1, 2), (2, 4), (9, 10), (0.5, 2)])
def test_relation_in_believes_nothing_about_one_number(got: float, expected: float) -> None:
    # 16 is 4², 1 over it is no less a coincidence, and −1 is 1 − 2
    assert relation_in(case(got, expected)) is None


def test_relation_in_calls_arguments_by_their_names() -> None:
    targets = np.array([4.0, 5.0, 7.0])
    assert relation_in(case(targets, [1, 2, 9], targets=targets)) == "It is `targets`, unchanged."
    moved = case([9, 7.5], [8, 5], weights=np.array([10.0, 10.0]))
    assert "`weights` is moved 0.5 times as far" in (relation_in(moved) or "")


def test_relation_in_tells_which_part_of_a_result_is_off() -> None:
    parts = (np.array([1.0, 2.0]), np.array([2.0, 4.0, 6.0]))
    right = (np.array([1.0, 2.0]), np.array([1.0, 2.0, 3.0]))
    assert (relation_in(Case({}, parts, right)) or "").startswith("Part 2: It is twice")


def test_relation_of_holds_in_all_cases_or_not_at_all() -> None:
    twice = [case(2 * n, n) for n in (3.0, 5.0, 7.0)]
    assert "twice" in (relation_of(twice, LIKELY) or "")
    assert relation_of([*twice, case(4, 3)], (*LIKELY, *OTHERS)) is None
