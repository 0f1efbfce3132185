"""Criteria of lesson 1: losses and their gradients."""

import numpy as np

from autograder.criteria import Kind, criterion
from autograder.expectations import expect_array, expect_raises, expect_unchanged
from autograder.student import Student


@criterion("softmax", points=1, title="turns equal logits into equal probabilities", kind=Kind.EXAMPLE)
def test_softmax_of_equal_logits(student: Student) -> None:
    expect_array(student.losses.softmax([0.0, 0.0, 0.0, 0.0]), [0.25] * 4)


@criterion(
    "softmax",
    points=1,
    title="stays finite for huge logits",
    kind=Kind.LAW,
    needs=("softmax_of_equal_logits",),
)
def test_softmax_survives_huge_logits(student: Student) -> None:
    expect_array(student.losses.softmax([1e4, 0.0, -1e4]), [1.0, 0.0, 0.0])


@criterion(
    "softmax",
    points=1,
    title="agrees with the formula on fresh logits",
    kind=Kind.REFERENCE,
    needs=("softmax_of_equal_logits",),
)
def test_softmax_on_fresh_logits(student: Student, random: np.random.Generator) -> None:
    logits = random.normal(0.0, 3.0, (4, 5))
    exact = np.exp(np.asarray(logits, dtype=np.longdouble))
    exact /= exact.sum(axis=-1, keepdims=True)
    seen = student.losses.softmax.observe(logits)
    expect_array(seen.result, exact)
    expect_unchanged(seen, [logits])
