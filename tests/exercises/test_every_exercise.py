"""The criteria of all exercises: nothing for nothing, and the same verdict for everybody."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from autograder.exercises.manifest import EXERCISES, MODULES, Exercise, exercise, exercises_in
from autograder.exercises.registry import mistakes_in, solved_module
from autograder.maintain.verify.by_heart import judged_exercises, points_by_heart

NAMES = [each.name for each in EXERCISES if each.points and not each.bonus]
SOLUTIONS = {name: getattr(solved_module(exercise(name).module), name) for name in NAMES}
SEEDED = [name for name in NAMES if "seed" in inspect.signature(SOLUTIONS[name]).parameters]


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("name", NAMES)
def test_criteria_give_nothing_to_functions_that_do_nothing(
    name: str, idle: Callable[..., Any], marks: Callable[..., dict[str, Any]]
) -> None:
    assert marks(exercise(name).module, {name: idle}, only=[name])[name].score == 0


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("name", NAMES)
def test_criteria_judge_strange_results_without_a_fault(
    name: str, strange: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    answer = {name: lambda *arguments, **named: strange}
    assert marks(exercise(name).module, answer, only=[name])[name].score == 0


@pytest.mark.parametrize("one", judged_exercises(), ids=lambda one: one.name)
def test_criteria_give_less_than_a_third_to_who_knows_all_answers_by_heart(one: Exercise) -> None:
    found = points_by_heart(one)
    assert 0 < max(found.values()) < one.points / 3, found


def test_criteria_give_a_fifth_of_the_course_at_most_to_who_knows_all_answers_by_heart() -> None:
    earned = sum(max(points_by_heart(one).values()) for one in judged_exercises())
    assert 0 < earned <= 0.2 * sum(exercise(name).points for name in NAMES)


@pytest.mark.parametrize("name", SEEDED)
def test_criteria_hand_over_seeds_below_a_thousand(
    name: str, marks: Callable[..., dict[str, Any]]
) -> None:
    """A right answer may compute with its seed: (seed + 1) * 7919 + epoch is still a seed."""
    right, seeds = SOLUTIONS[name], set[Any]()
    signature = inspect.signature(right)

    def noting(*arguments: Any, **named: Any) -> Any:
        seeds.add(signature.bind(*arguments, **named).arguments.get("seed", 0))
        return right(*arguments, **named)

    for number in range(10):
        marks(exercise(name).module, {name: noting}, only=[name], student=f"student {number}")
    assert len(seeds) > 10
    assert all(type(seed) is int and 0 <= seed < 1000 for seed in seeds)


@pytest.mark.exhaustive
@pytest.mark.parametrize("module", MODULES)
def test_criteria_agree_on_twenty_students(module: str, verdicts: Callable[..., Any]) -> None:
    for known in mistakes_in(module):
        if not exercise(known.exercise).bonus:  # it trains for seconds
            found = {verdicts(known, f"student {number}") for number in range(20)}
            assert len(found) == 1, known.name


@pytest.mark.parametrize(
    "students", [range(4), pytest.param(range(4, 20), marks=pytest.mark.exhaustive)], ids=str
)
@pytest.mark.parametrize("module", MODULES)
def test_criteria_hold_for_the_solutions_of_twenty_students(
    module: str, students: range, marks: Callable[..., dict[str, Any]]
) -> None:
    points = {each.name: each.points for each in exercises_in(module) if not each.bonus}
    for number in students:
        results = marks(module, {}, student=f"student {number}")
        assert {name: each.score for name, each in results.items()} == points
