"""The criteria of all exercises: nothing for nothing, and the same verdict for everybody."""

from collections.abc import Callable
from typing import Any

import pytest

from autograder.exercises.manifest import EXERCISES, MODULES, exercise, exercises_in
from autograder.exercises.registry import mistakes_in

NAMES = [each.name for each in EXERCISES if each.points and not each.bonus]
# Whose results cannot be learned by heart, being functions, objects, or calls of what is handed in.
MORE_THAN_VALUES = (
    *("choose_loss", "training_step", "train"),
    *(each.name for each in exercises_in("optimizers")),
)


@pytest.mark.parametrize("name", NAMES)
def test_criteria_give_nothing_to_functions_that_do_nothing(
    name: str, idle: Callable[..., Any], marks: Callable[..., dict[str, Any]]
) -> None:
    assert marks(exercise(name).module, {name: idle}, only=[name])[name].score == 0


@pytest.mark.parametrize("name", NAMES)
def test_criteria_judge_strange_results_without_a_fault(
    name: str, strange: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    answer = {name: lambda *arguments, **named: strange}
    assert marks(exercise(name).module, answer, only=[name])[name].score == 0


@pytest.mark.parametrize("name", [name for name in NAMES if name not in MORE_THAN_VALUES])
def test_criteria_give_hard_coded_examples_the_points_of_examples_only(
    name: str, hard_coded: Callable[..., Any], marks: Callable[..., dict[str, Any]]
) -> None:
    answer, points = hard_coded(exercise(name))
    assert marks(exercise(name).module, {name: answer}, only=[name])[name].score == points
    assert points < exercise(name).points


@pytest.mark.exhaustive
@pytest.mark.parametrize("module", MODULES)
def test_criteria_agree_on_twenty_students(module: str, verdicts: Callable[..., Any]) -> None:
    for known in mistakes_in(module):
        if not exercise(known.exercise).bonus:  # it trains for seconds
            found = {verdicts(known, f"student {number}") for number in range(20)}
            assert len(found) == 1, known.name


@pytest.mark.parametrize("module", MODULES)
def test_criteria_hold_for_the_solutions_of_twenty_students(
    module: str, marks: Callable[..., dict[str, Any]]
) -> None:
    points = {each.name: each.points for each in exercises_in(module) if not each.bonus}
    for number in range(20):
        results = marks(module, {}, student=f"student {number}")
        assert {name: each.score for name, each in results.items()} == points
