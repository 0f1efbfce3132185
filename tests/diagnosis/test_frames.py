"""What is kept from one learner to the next keeps no frames, and with them nothing of a learner."""

import gc
import weakref
from typing import Any

import numpy as np
import pytest

from autograder.checking.judge import Judgment, Seed, judge
from autograder.diagnosis.diagnose import diagnose
from autograder.exercises.registry import criteria_of, solved_student


def never(*arguments: Any, **named: Any) -> Any:
    raise ValueError("not today")


def nothing(*arguments: Any, **named: Any) -> Any:
    return np.zeros(2)


def diagnosed(exercise: str, answer: Any) -> list[weakref.ref[Judgment]]:
    """Judge and diagnose an answer; what was found about each criterion, if it is still there."""
    student = solved_student("gradient_descent", {exercise: answer})
    criteria = criteria_of(exercise, "gradient_descent")
    judgments = [judge(each, student, Seed()) for each in criteria]
    diagnose(judgments, exercise, "gradient_descent", Seed(), student, ())
    return [weakref.ref(each) for each in judgments]


@pytest.mark.parametrize("answer", [never, nothing])
@pytest.mark.parametrize("exercise", ["numerical_gradient", "descend_until_flat"])
def test_diagnosis_keeps_nothing_of_a_learner(exercise: str, answer: Any) -> None:
    left = diagnosed(exercise, answer)
    gc.collect()
    assert [each() for each in left] == [None] * len(left)
