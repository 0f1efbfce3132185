"""What holds for every optimizer: exact trajectories, new weights, and a memory of its own."""

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
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


def optimizers(student: Student, name: str, *settings: Mapping[str, float]) -> list[LearnerObject]:
    """New optimizers of one class, made one after the other."""
    for setting in settings:
        Function(student, ("optimizers", name), name).ahead([()], keywords=setting)
    return [optimizer(student, name, **setting) for setting in settings]


def expect_first_steps(
    student: Student,
    name: str,
    settings: Sequence[Mapping[str, float]],
    cases: Sequence[tuple[tuple[Any, Any], Any]],
) -> None:
    """Expect where the first update of an optimizer with each of some settings leads."""
    made = optimizers(student, name, *settings)
    for fresh, (arguments, _) in zip(made, cases, strict=True):
        fresh.update.ahead([arguments])
    for fresh, (arguments, expected) in zip(made, cases, strict=True):
        expect_array(fresh.update(*arguments), expected)


def expect_near(returned: Any, exact: Any, finding: str, advice: str = "") -> None:
    """Expect weights near exact ones, with a finding of its own for other values.

    Weights stay below 10⁴ here, so rounding adds up to 10⁻⁹ of them at most over 200 steps: the
    contract's tolerances leave room, and hold.
    """
    expected = np.asarray(exact, dtype=float)
    got = expect_array(returned, shape=expected.shape)
    if not np.all(np.abs(got - expected) <= 1e-9 + 1e-6 * np.abs(expected)):
        raise Unmet(finding, got, expected, advice)


def are_near(returned: Sequence[Any], exact: Exact) -> bool:
    """Whether all weights are arrays near the exact ones: what most often is so, found at once."""
    if not all(
        type(answer) is np.ndarray and answer.shape == exact.shape[1:] for answer in returned
    ):
        return False
    if not all(answer.dtype == np.float64 for answer in returned):
        return False
    expected = np.asarray(exact, dtype=float)
    return bool(np.all(np.abs(np.array(returned) - expected) <= 1e-9 + 1e-6 * np.abs(expected)))


def follow(
    student: Student,
    name: str,
    exact: Callable[..., Exact],
    random: np.random.Generator,
    *runs: tuple[tuple[int, ...], int, Sequence[float], Mapping[str, float]],
) -> None:
    """Expect an optimizer to follow the exact trajectory of gradients that change in size.

    Of each run are given the shape, the steps, and the settings by their places and by their names.
    """
    *_, settings, named = runs[0]
    made = optimizer(student, name, *settings, **named)
    for (shape, steps, settings, named), following in zip_longest(runs, runs[1:]):
        start, gradients = random.normal(0.0, 1.0, shape), changing_gradients(random, steps, shape)
        made.update.fold_ahead(start, [[gradient] for gradient in gradients])
        if following:  # made once this one is done with: what they share is another criterion's
            Function(student, ("optimizers", name), name).ahead(
                [following[2]], keywords=following[3]
            )
        results = made.update.fold(start, [[gradient] for gradient in gradients])
        _expect_followed(results, exact(start, gradients, *settings, **named)[1:])
        if following:
            made = optimizer(student, name, *following[2], **following[3])


def _expect_followed(results: Sequence[Any], exact: Exact) -> None:
    if are_near(results, exact):
        return
    expect_near(results[0], exact[0], "the weights after the first update have other values")
    for number, result in enumerate(results[1:], start=2):
        finding = (
            f"the weights are as expected at first, and have other values from update {number} on"
        )
        expect_near(result, exact[number - 1], finding)


def expect_new_weights(
    student: Student, name: str, exact: Callable[..., Exact], largest: int, **settings: float
) -> None:
    """Expect that updates return new arrays and leave the ones that they got as they are.

    Lists of whole numbers, the largest of which is given, do as well as arrays of floats.
    """
    made = optimizer(student, name, **settings)
    whole = [-1, largest]
    path = exact([5.0, -3.0], np.array([*GRADIENTS, whole]), **settings).astype(float)
    steps = [*zip(path, GRADIENTS, strict=False)]
    elsewhere = [7, 7], whole
    made.update.ahead(steps, observed=True)
    made.update.ahead([elsewhere])
    for (weights, gradient), after in zip(steps, path[1:], strict=False):
        seen = made.update.observe(weights, gradient)
        expect_array(seen.result, after)
        expect_unchanged(seen, [weights, gradient])
        expect(
            not seen.shares_memory,
            "the weights that update returns share their memory with an argument",
            advice="Return a new array: `weights - …` makes one.",
        )
    # Whole numbers in lists, and other weights than those that the last update returned.
    moved = made.update(*elsewhere)
    expect_near(
        moved,
        _moved(path, 3, 7.0, settings),
        "a step from whole numbers, and from elsewhere, has another end",
    )


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
    slower = settings | {"learning_rate": settings["learning_rate"] / 4}
    one, other = optimizers(student, name, settings, slower)
    folds = (
        (one.update, start, [[gradient] for gradient in gradients[:2]]),
        (other.update, -start, [[gradient] for gradient in OTHER_GRADIENTS]),
        (one.update, path[2].astype(float), [[gradient] for gradient in gradients[2:]]),
    )
    for update, *operands in folds:
        update.fold_ahead(*operands)
    seen, apart, later = (update.fold(*operands) for update, *operands in folds)
    seen += later
    shared = "what one optimizer remembers is changed by another one"
    expected = [*path[1:], *exact(-start, OTHER_GRADIENTS, **slower)[1:]]
    for result, after in zip([*seen, *apart], expected, strict=True):
        expect_near(result, after, shared, advice=OF_ONE_OBJECT)
    keeping, alone = optimizers(student, name, settings, settings)
    kept = keeping.update.each([[path[0].astype(float), gradients[0]], [start, gradients[1]]])
    for result, after in zip(kept, (path[1], _moved(path, 2, start, settings)), strict=True):
        expect_near(result, after, "weights that update returned change at the next update")
    overwritten = alone.update.fold(start, [[gradient] for gradient in gradients], overwriting=True)
    for result, after in zip(overwritten, path[1:], strict=True):
        expect_near(
            result,
            after,
            "what the optimizer remembers changes when its caller's arrays do",
            advice=NO_NAME_ALONE,
        )


def _moved(path: Any, number: int, weights: Any, settings: Mapping[str, float]) -> Any:
    """Where other weights come to by a step of a path; some of them may decay before it."""
    kept = 1 - settings["learning_rate"] * settings.get("weight_decay", 0.0)
    return path[number] + kept * (weights - path[number - 1])
