"""Criteria of lesson 6: reading loss curves, and the capstone."""

from fractions import Fraction
from typing import Any

import numpy as np

from autograder.criteria import Kind, criterion
from autograder.expectations import (
    expect,
    expect_number,
    expect_numbers,
    expect_raises,
    expect_text,
    expect_truth,
    expect_unchanged,
)
from autograder.oracles.secret_digits import (
    TEST_SECONDS,
    expect_labels,
    expect_share,
    predicted,
    secret_digits,
    trained,
)
from autograder.student import Student

# -- moving_average -------------------------------------------------------------------------------


@criterion(
    "moving_average",
    points=0.5,
    title="averages each pair of the example's four losses",
    kind=Kind.EXAMPLE,
)
def test_moving_average_of_pairs(student: Student) -> None:
    expect_numbers(student.loss_curves.moving_average([1.0, 3.0, 8.0, 4.0], 2), [2.0, 5.5, 6.0])


@criterion(
    "moving_average",
    points=0.75,
    title="averages each run of fresh losses, from windows of 1 to windows of all",
    kind=Kind.REFERENCE,
    needs=("moving_average_of_pairs",),
)
def test_moving_average_of_fresh_losses(student: Student, random: np.random.Generator) -> None:
    losses = random.uniform(0.5, 2.0, 12)
    for window in (1, 3, 5, 12):
        numbers = [Fraction(loss) for loss in losses]
        runs = [numbers[first : first + window] for first in range(len(numbers) - window + 1)]
        seen = student.loss_curves.moving_average.observe(losses, window)
        expect_numbers(seen.result, [float(sum(run) / window) for run in runs])
        expect_unchanged(seen, [losses, window])
    expect_numbers(student.loss_curves.moving_average([1, 3, 8, 4], window=4), [4.0])


@criterion(
    "moving_average",
    points=0.75,
    title="raises ValueError for a window shorter than 1 or longer than the curve",
    kind=Kind.LAW,
    needs=("moving_average_of_pairs",),
)
def test_moving_average_raises_for_bad_windows(student: Student) -> None:
    for losses, window in (
        ([1.0, 2.0, 4.0], 0),
        ([1.0, 2.0, 4.0], -1),
        ([1.0, 2.0, 4.0], 4),
        ([], 1),
    ):
        with expect_raises(ValueError, f"window is {window} and there are {len(losses)} losses"):
            student.loss_curves.moving_average(losses, window)


# -- has_converged --------------------------------------------------------------------------------


@criterion(
    "has_converged",
    points=0.75,
    title="tells a change of 1 % over the window from one of 2 %",
    kind=Kind.EXAMPLE,
)
def test_has_converged_within_one_percent(student: Student) -> None:
    expect_truth(student.loss_curves.has_converged([100.0, 50.0, 99.0], window=2), True)
    expect_truth(student.loss_curves.has_converged([100.0, 99.0, 98.0], window=2), False)


@criterion(
    "has_converged",
    points=0.5,
    title="says False where there are window losses or fewer",
    kind=Kind.EXAMPLE,
    needs=("has_converged_within_one_percent",),
)
def test_has_converged_is_false_too_early(student: Student) -> None:
    has_converged = student.loss_curves.has_converged
    expect_truth(has_converged([5.0, 5.0], window=2), False)
    expect_truth(has_converged([5.0, 5.0, 5.0], window=2), True)
    expect_truth(has_converged([], window=2), False)
    expect_truth(has_converged([5.0] * 10), False)
    expect_truth(has_converged([5.0] * 11), True)


@criterion(
    "has_converged",
    points=0.75,
    title="measures the change against the older loss, and takes the border in",
    kind=Kind.LAW,
    needs=("has_converged_within_one_percent",),
)
def test_has_converged_takes_the_border_in(student: Student) -> None:
    # halves and quarters are exact, so the border is where it is meant to be
    cases = (
        ([4.0, 2.0], 0.5, True),
        ([4.0, 6.0], 0.5, True),
        ([4.0, 6.5], 0.5, False),
        ([2.0, 4.0], 0.5, False),
        ([-4.0, -2.0], 0.5, True),
        ([-4.0, -1.0], 0.5, False),
        ([0.0, 0.0], 0.5, True),
        ([0.0, 0.25], 0.5, False),
        ([3.0, 3.0], 0.0, True),
        ([8.0, 9.0, 8.0], 0.125, True),
    )
    for losses, tolerance, expected in cases:
        returned = student.loss_curves.has_converged(losses, 1, tolerance)
        expect_truth(returned, expected)


@criterion(
    "has_converged",
    points=1,
    title="agrees with the rule on fresh curves, windows and tolerances",
    kind=Kind.REFERENCE,
    needs=("has_converged_within_one_percent",),
)
def test_has_converged_on_fresh_curves(student: Student, random: np.random.Generator) -> None:
    for number in range(12):
        losses, window, tolerance, expected = fresh_curve(random, flat=number % 2 == 0)
        returned = student.loss_curves.has_converged(losses, window, tolerance)
        expect_truth(returned, expected)
    losses = np.linspace(2.0, 1.0, 30)
    for change, expected in ((0.995, True), (1.008, True), (0.985, False), (1.013, False)):
        losses[-1] = change * losses[-11]
        seen = student.loss_curves.has_converged.observe(losses)
        expect_truth(seen.result, expected)
        expect_unchanged(seen, [losses])


def fresh_curve(
    random: np.random.Generator, *, flat: bool
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], int, float, bool]:
    """Losses that change over a window by less or more than a tolerance, up or down."""
    window, tolerance = int(random.integers(2, 9)), float(random.uniform(0.02, 0.2))
    losses = random.uniform(1.0, 3.0, window + int(random.integers(3, 9)))
    share = random.uniform(0.2, 0.9) if flat else random.uniform(1.1, 3.0)
    losses[-1] = losses[-1 - window] * (1 + random.choice([-1.0, 1.0]) * share * tolerance)
    losses[0] = 6.0
    return losses, window, tolerance, flat


# -- diagnose -------------------------------------------------------------------------------------


@criterion(
    "diagnose",
    points=1,
    title="names the four curves of the example",
    kind=Kind.EXAMPLE,
)
def test_diagnose_four_curves(student: Student) -> None:
    diagnose = student.loss_curves.diagnose
    healthy = [1.0, 0.8, 0.6, 0.4, 0.2, 0.1]
    expect_text(diagnose(healthy, target=0.1, window=2), "still improving")
    expect_text(diagnose([*healthy, 0.1, 0.1], target=0.1, window=2), "converged")
    expect_text(diagnose([1.0, 0.8, 0.8, 0.8], target=0.1, window=2), "stuck")
    expect_text(diagnose([1.0, float("nan")], target=0.1), "diverging")


@criterion(
    "diagnose",
    points=0.5,
    title="calls a curve diverging by its last loss alone",
    kind=Kind.LAW,
    needs=("diagnose_four_curves",),
)
def test_diagnose_divergence(student: Student) -> None:
    nan, inf = float("nan"), float("inf")
    cases = (
        ([1.0, 1.0, 1.5], "diverging"),
        ([1.0, 0.5, inf], "diverging"),
        ([1.0, 0.5, -inf], "diverging"),
        ([1.0, 9.0, 0.5], "still improving"),
        ([1.0, nan, 0.5], "still improving"),
        ([1.0, inf, 0.5, 0.5, 0.5], "stuck"),
        ([1.0, 0.5, 0.25, 0.75], "still improving"),
        ([1.0, 1.0, 1.0], "stuck"),
    )
    for losses, expected in cases:
        expect_text(student.loss_curves.diagnose(losses, 0.25, 2), expected)


@criterion(
    "diagnose",
    points=0.5,
    title="looks at the target only once the curve is flat",
    kind=Kind.LAW,
    needs=("diagnose_four_curves",),
)
def test_diagnose_asks_in_order(student: Student) -> None:
    cases = (
        ([1.0, 0.5, 0.25, 0.125], 0.5, "still improving"),
        ([1.0, 0.5, 0.5, 0.5], 0.5, "converged"),
        ([1.0, 0.5, 0.5, 0.5], 0.25, "stuck"),
        ([0.1], 0.5, "still improving"),
        ([0.1, 0.1, 0.1, 0.2], 0.5, "diverging"),
    )
    for losses, target, expected in cases:
        expect_text(student.loss_curves.diagnose(losses, target, 2), expected)


@criterion(
    "diagnose",
    points=1,
    title="names fresh curves, with windows and tolerances of their own",
    kind=Kind.REFERENCE,
    needs=("diagnose_four_curves",),
)
def test_diagnose_fresh_curves(student: Student, random: np.random.Generator) -> None:
    for number in range(12):
        losses, window, tolerance, flat = fresh_curve(random, flat=number % 3 != 0)
        reached = bool(number % 2)
        target = float(losses[-1]) * (1.1 if reached else 0.9)
        expected = "still improving"
        if flat:
            expected = "converged" if reached else "stuck"
        seen = student.loss_curves.diagnose.observe(losses, target, window, tolerance)
        expect_text(seen.result, expected)
        expect_unchanged(seen, [losses, target, window, tolerance])
        losses[-1] = 6.0 + random.uniform(0.1, 1.0)
        returned = student.loss_curves.diagnose(losses, target, tolerance=tolerance, window=window)
        expect_text(returned, "diverging")
    falling = np.linspace(2.0, 1.0, 30)
    for change, expected in ((0.993, "converged"), (0.983, "still improving")):
        falling[-1] = change * falling[-11]
        expect_text(student.loss_curves.diagnose(falling, 5.0), expected)


# -- accuracy -------------------------------------------------------------------------------------


@criterion(
    "accuracy",
    points=0.75,
    title="finds one of two rows right, and two of three",
    kind=Kind.EXAMPLE,
)
def test_accuracy_of_the_example(student: Student) -> None:
    probabilities, targets = [[0.7, 0.2, 0.1], [0.3, 0.6, 0.1]], [[1, 0, 0], [1, 0, 0]]
    expect_number(student.loss_curves.accuracy(probabilities, targets), 0.5)
    probabilities, targets = [*probabilities, [0.1, 0.4, 0.5]], [*targets, [0, 0, 1]]
    expect_number(student.loss_curves.accuracy(probabilities, targets), 2 / 3)


@criterion(
    "accuracy",
    points=1.25,
    title="agrees with a count of the rows on fresh tables",
    kind=Kind.REFERENCE,
    needs=("accuracy_of_the_example",),
)
def test_accuracy_of_fresh_tables(student: Student, random: np.random.Generator) -> None:
    for n, k in ((9, 4), (4, 9), (5, 2), (6, 6), (1, 3)):
        probabilities = random.dirichlet(np.ones(k), n)
        right = [row.tolist().index(max(row)) for row in probabilities]
        hits = random.permutation(n) < (n + 1) // 2
        classes = [c if hit else (c + 1) % k for c, hit in zip(right, hits, strict=True)]
        targets = np.eye(k)[classes]
        seen = student.loss_curves.accuracy.observe(probabilities, targets)
        expect_number(seen.result, (n + 1) // 2 / n)
        expect_unchanged(seen, [probabilities, targets])


# -- capstone -------------------------------------------------------------------------------------


@criterion(
    "train_classifier",
    points=3,
    title="learns to recognize 85 % of digits that it has never seen",
    kind=Kind.CONVERGENCE,
)
def test_classifier_recognizes_85_percent(
    student: Student, common_random: np.random.Generator
) -> None:
    expect_share(student, secret_digits(common_random), 0.85)


@criterion(
    "train_classifier",
    points=1,
    title="classifies a single image as it does among many",
    kind=Kind.LAW,
    needs=("classifier_recognizes_85_percent",),
)
def test_classifier_takes_single_images(
    student: Student, common_random: np.random.Generator
) -> None:
    digits = secret_digits(common_random)
    classify = trained(student, digits).within(TEST_SECONDS)
    together = predicted(student, digits)[:5]
    single = classify.each([[image[np.newaxis]] for image in digits.unseen_images[:5]])
    for returned, label in zip(single, together, strict=True):
        expect(expect_labels(returned, 1)[0] == label, "an image alone gets another label")


@criterion(
    "train_classifier",
    points=3,
    title="learns to recognize 90 % of digits that it has never seen",
    kind=Kind.CONVERGENCE,
    needs=("classifier_recognizes_85_percent",),
)
def test_classifier_recognizes_90_percent(
    student: Student, common_random: np.random.Generator
) -> None:
    expect_share(student, secret_digits(common_random), 0.9)


@criterion(
    "train_classifier",
    points=3,
    title="learns to recognize 95 % of digits that it has never seen",
    kind=Kind.CONVERGENCE,
    needs=("classifier_recognizes_90_percent",),
)
def test_classifier_recognizes_95_percent(
    student: Student, common_random: np.random.Generator
) -> None:
    expect_share(student, secret_digits(common_random), 0.95)
