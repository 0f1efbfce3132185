"""Three criteria; they judge by other means than the solution."""

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import expect_number
from autograder.checking.student import Student

ridge_loss = Criteria("ridge_loss")


@ridge_loss.example(0.5, "gives 7 for misses of 1 and 3, weights of 1 and 2 and a strength of 0.4")
def test_ridge_loss_by_hand(student: Student) -> None:
    # (1 + 9) / 2 + 0.4 · (1 + 4)
    expect_number(student.ridge.ridge_loss([1, 3], [0, 0], [1, 2], 0.4), 7.0)


@ridge_loss.law(1, "is the mean squared error where the strength is 0", needs=())
def test_ridge_loss_without_penalty(student: Student, random: np.random.Generator) -> None:
    a, b, c, d = random.integers(-9, 9, 4).tolist()
    result = student.ridge.ridge_loss([a, b], [c, d], [5, 7], 0)
    expect_number(result, ((a - c) ** 2 + (b - d) ** 2) / 2)


@ridge_loss.reference(1.5, "is exact on fresh numbers")
def test_ridge_loss_on_fresh_numbers(student: Student, random: np.random.Generator) -> None:
    predictions, targets, weights = random.normal(size=(3, 6))
    strength = float(random.uniform(0.1, 2))
    errors = sum((p - t) ** 2 for p, t in zip(predictions, targets, strict=True)) / 6
    penalty = strength * sum(w * w for w in weights)
    result = student.ridge.ridge_loss(predictions, targets, weights, strength)
    expect_number(result, errors + penalty)
