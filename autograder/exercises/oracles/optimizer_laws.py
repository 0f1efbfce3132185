"""What holds for every optimizer: exact trajectories, new weights, and a memory of its own."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checking.expectations import (
    Unmet,
    expect,
    expect_array,
    expect_object,
    expect_unchanged,
)
from autograder.checking.student import Function, LearnerObject, Student
from autograder.exercises.oracles.slopes import Exact
from autograder.exercises.oracles.trajectories import changing_gradients

GRADIENTS = np.array([[1.0, -2.0], [3.0, 0.5]])
OTHER_GRADIENTS = np.array([[-5.0, 7.0], [6.0, 6.0]])
OF_ONE_OBJECT = (
    "Keep on the object, `self.… = …` in `__init__`, all that it is given or remembers: what "
    "stands on the class or at the top of the module is shared."
)
NO_NAME_ALONE = (
    "`self.… = gradient` gives the caller's array a second name: keep a copy, or the value of an "
    "expression, which is a new array."
)


def optimizer(student: Student, name: str, *settings: float, **named: float) -> LearnerObject:
    """A new optimizer of the learner's."""
    made = Function(student, ("optimizers", name), name)(*settings, **named)
    return expect_object(made, "an object with a method update")


def expect_near(returned: Any, exact: Any, finding: str, advice: str = "") -> None:
    """Expect weights near exact ones, with a finding of its own for other values.

    Weights stay below 10⁴ here, so rounding adds up to 10⁻⁹ of them at most over 200 steps: the
    contract's tolerances leave room, and hold.
    """
    expected = np.asarray(exact, dtype=float)
    got = expect_array(returned, shape=expected.shape)
    if not np.all(np.abs(got - expected) <= 1e-9 + 1e-6 * np.abs(expected)):
        raise Unmet(finding, got, expected, advice)


def follow(
    student: Student,
    name: str,
    exact: Callable[..., Exact],
    random: np.random.Generator,
    shape: tuple[int, ...],
    steps: int,
    *settings: float,
    **named: float,
) -> None:
    """Expect an optimizer to follow the exact trajectory of gradients that change in size."""
    start, gradients = random.normal(0.0, 1.0, shape), changing_gradients(random, steps, shape)
    made = optimizer(student, name, *settings, **named)
    results = made.update.fold(start, [[each] for each in gradients])
    after = exact(start, gradients, *settings, **named)[1:]
    expect_near(results[0], after[0], "the weights after the first update have other values")
    for number, result in enumerate(results[1:], start=2):
        finding = (
            f"the weights are as expected at first, and have other values from update {number} on"
        )
        expect_near(result, after[number - 1], finding)


def expect_new_weights(
    student: Student, name: str, exact: Callable[..., Exact], largest: int, **settings: float
) -> None:
    """Expect that updates return new arrays and leave the ones that they got as they are.

    Lists of whole numbers, the largest of which is given, do as well as arrays of floats.
    """
    made = optimizer(student, name, **settings)
    whole = [-1, largest]
    path = exact([5.0, -3.0], np.array([*GRADIENTS, whole]), **settings).astype(float)
    for weights, gradient, after in zip(path, GRADIENTS, path[1:], strict=False):
        seen = made.update.observe(weights, gradient)
        expect_array(seen.result, after)
        expect_unchanged(seen, [weights, gradient])
        expect(
            not seen.shares_memory,
            "the weights that update returns share their memory with an argument",
            advice="Return a new array: `weights - …` makes one.",
        )
    # Whole numbers in lists, and other weights than those that the last update returned.
    step = path[3] - path[2]
    moved = made.update([7, 7], whole)
    expect_near(moved, 7 + step, "a step from whole numbers, and from elsewhere, has another end")


def expect_memory_of_its_own(
    student: Student,
    name: str,
    exact: Callable[..., Exact],
    random: np.random.Generator,
    **settings: float,
) -> None:
    """Expect that an optimizer's memory is its own: no other optimizer's, no caller's array."""
    start = np.array([5.0, -3.0])
    gradients = random.uniform(0.5, 4, (5, 2)) * random.choice([-1, 1], (5, 2))
    path = exact(start, gradients, **settings)
    one = optimizer(student, name, **settings)
    slower = settings | {"learning_rate": settings["learning_rate"] / 4}
    other = optimizer(student, name, **slower)
    seen = one.update.fold(start, [[gradient] for gradient in gradients[:2]])
    apart = other.update.fold(-start, [[each] for each in OTHER_GRADIENTS])
    seen += one.update.fold(path[2].astype(float), [[gradient] for gradient in gradients[2:]])
    shared = "what one optimizer remembers is changed by another one"
    expected = [*path[1:], *exact(-start, OTHER_GRADIENTS, **slower)[1:]]
    for result, after in zip([*seen, *apart], expected, strict=True):
        expect_near(result, after, shared, advice=OF_ONE_OBJECT)
    keeping = optimizer(student, name, **settings)
    kept = keeping.update.each([[path[0].astype(float), gradients[0]], [start, gradients[1]]])
    for result, after in zip(kept, (path[1], start + path[2] - path[1]), strict=True):
        expect_near(result, after, "weights that update returned change at the next update")
    alone = optimizer(student, name, **settings)
    overwritten = alone.update.fold(start, [[gradient] for gradient in gradients], overwriting=True)
    for result, after in zip(overwritten, path[1:], strict=True):
        expect_near(
            result,
            after,
            "what the optimizer remembers changes when its caller's arrays do",
            advice=NO_NAME_ALONE,
        )
