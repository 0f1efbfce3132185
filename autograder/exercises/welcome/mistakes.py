"""What learners get wrong in the warm-up."""

from autograder.checking.mistake import Mistakes
from solutions import welcome as solution

SECTION = "Lesson 0, “Your first function”"


distance = Mistakes(solution.distance, read=SECTION)
distance.slip(
    "distance_with_a_sign",
    {"abs(prediction - target)": "prediction - target"},
    says="The sign is still there: a prediction below its target comes out negative. Put the "
    "difference inside `abs(...)`.",
)
distance.slip(
    "distance_the_other_way",
    {"abs(prediction - target)": "target - prediction"},
    says="The sign is still there: a prediction above its target comes out negative. Put the "
    "difference inside `abs(...)`.",
)
distance.slip(
    "distance_squared",
    {"abs(prediction - target)": "(prediction - target) ** 2"},
    says="This is the squared distance. Here the distance itself is asked for: `abs(...)` of the "
    "difference, without `** 2`.",
)
distance.slip(
    "distance_as_a_sum",
    {"abs(prediction - target)": "abs(prediction) + abs(target)"},
    says="This is the sum of the two numbers' sizes. Take the difference first, then `abs(...)` "
    "of it.",
)
