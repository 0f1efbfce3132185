"""How the criteria of an exercise are declared."""

from typing import Any

import pytest

from autograder.checking.criterion import Criteria, CriterionKind


def test_criteria_need_the_first_one_of_their_exercise_unless_they_say_otherwise() -> None:
    softmax = Criteria("softmax")

    @softmax.example(1, "gives thirds")
    def test_first(student: Any) -> None:
        """Declared first."""

    @softmax.law(0.5, "sums to 1")
    def test_second(student: Any) -> None:
        """Names nothing."""

    @softmax.reference(0.25, "agrees with the formula", needs=("second",))
    def test_third(student: Any, random: Any) -> None:
        """Names another."""

    @softmax.order(0, "is called once", needs=())
    def test_fourth(student: Any) -> None:
        """Needs none."""

    declared: list[Any] = [test_first, test_second, test_third, test_fourth]
    criteria = [test.criterion for test in declared]
    assert [criterion.name for criterion in criteria] == ["first", "second", "third", "fourth"]
    assert [criterion.needs for criterion in criteria] == [(), ("first",), ("second",), ()]
    assert [criterion.points for criterion in criteria] == [1, 0.5, 0.25, 0]
    assert {criterion.exercise for criterion in criteria} == {"softmax"}
    assert [criterion.varies for criterion in criteria] == [False, False, True, False]


@pytest.mark.parametrize("kind", CriterionKind, ids=lambda kind: kind.name)
def test_criteria_have_a_decorator_for_each_kind(kind: CriterionKind) -> None:
    name = {"worked example": "example", "counts and order": "order"}.get(kind.value, kind.value)

    @getattr(Criteria("sigmoid"), name)(1, "holds")
    def test_it(student: Any) -> None:
        """Declared."""

    declared: Any = test_it
    assert declared.criterion.kind is kind
