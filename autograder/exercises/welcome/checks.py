"""Criteria of the warm-up."""

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import expect_number
from autograder.checking.student import Student

distance = Criteria("distance")


@distance.example(0, "measures how far 7 is from 10")
def test_distance_of_a_miss_below(student: Student) -> None:
    expect_number(student.welcome.distance(7, 10), 3)


@distance.example(0, "measures how far 12.5 is from 10", needs=())
def test_distance_of_a_miss_above(student: Student) -> None:
    expect_number(student.welcome.distance(prediction=12.5, target=10), 2.5)
