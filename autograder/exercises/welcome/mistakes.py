"""What learners get wrong in the warm-up."""

from typing import Any

from autograder.exercises.registry import mistake

SECTION = "Lesson 0, “Your first function”"


@mistake(
    "distance",
    says="The sign is still there: a prediction below its target comes out negative. Put the "
    "difference inside `abs(...)`.",
    read=SECTION,
)
def distance_with_a_sign(prediction: Any, target: Any) -> Any:
    return float(prediction) - float(target)


@mistake(
    "distance",
    says="The sign is still there: a prediction above its target comes out negative. Put the "
    "difference inside `abs(...)`.",
    read=SECTION,
)
def distance_the_other_way(prediction: Any, target: Any) -> Any:
    return float(target) - float(prediction)


@mistake(
    "distance",
    says="This is the squared distance. Here the distance itself is asked for: `abs(...)` of the "
    "difference, without `** 2`.",
    read=SECTION,
)
def distance_squared(prediction: Any, target: Any) -> Any:
    return (float(prediction) - float(target)) ** 2


@mistake(
    "distance",
    says="This is the sum of the two numbers' sizes. Take the difference first, then `abs(...)` "
    "of it.",
    read=SECTION,
)
def distance_as_a_sum(prediction: Any, target: Any) -> Any:
    return abs(float(prediction)) + abs(float(target))
