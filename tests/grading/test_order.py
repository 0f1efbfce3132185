"""In which order the criteria of an exercise are asked."""

import pytest

from autograder.exercises.manifest import EXERCISES, Exercise
from autograder.exercises.registry import criteria_of
from autograder.grading.grade import in_turn


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_what_a_criterion_needs_is_asked_before_it(exercise: Exercise) -> None:
    criteria = in_turn(criteria_of(exercise.name, exercise.module))
    names = [each.name for each in criteria]
    for place, each in enumerate(criteria):
        assert set(each.needs) <= set(names[:place]), each.name


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_open_criteria_come_first_unless_they_need_a_hidden_one(exercise: Exercise) -> None:
    criteria = in_turn(criteria_of(exercise.name, exercise.module))
    hidden = {each.name for each in criteria if each.hidden}
    first = next((place for place, each in enumerate(criteria) if each.hidden), len(criteria))
    for each in criteria[first:]:
        assert each.hidden or hidden & set(each.needs), each.name
