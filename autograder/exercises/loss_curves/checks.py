"""Criteria of lesson 6: reading loss curves."""

from fractions import Fraction
from typing import Any

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import (
    expect_each,
    expect_fresh,
    expect_in_turn,
    expect_number,
    expect_numbers,
    expect_raises,
    expect_text,
    expect_truth,
    expect_unchanged,
)
from autograder.checking.student import Student
from autograder.exercises.oracles.loss_curves import (
    CASES,
    Truths,
    changes_at_the_border,
    curves_by_their_last_loss,
    curves_by_their_target,
    flat_curves,
    fresh_curve,
    runs_with_patience,
    runs_with_small_improvements,
)

moving_average = Criteria("moving_average")


@moving_average.example(0.25, "averages each pair of the example's four losses")
def test_moving_average_of_pairs(student: Student) -> None:
    expect_numbers(student.loss_curves.moving_average([1.0, 3.0, 8.0, 4.0], 2), [2.0, 5.5, 6.0])


@moving_average.reference(
    1, "averages each run of fresh losses, from windows of 1 to windows of all"
)
def test_moving_average_of_fresh_losses(student: Student, random: np.random.Generator) -> None:
    losses = random.uniform(0.5, 2.0, int(random.integers(10, 14)))
    windows = 1, 3, 5, len(losses)
    student.loss_curves.moving_average.ahead(
        [(losses, window) for window in windows], observed=True
    )
    for window in windows:
        seen = student.loss_curves.moving_average.observe(losses, window)
        expect_numbers(seen.result, means_of_runs(losses, window))
        expect_unchanged(seen, [losses, window])
    expect_numbers(student.loss_curves.moving_average([1, 3, 8, 4], window=4), [4.0])


def means_of_runs(losses: Any, window: int) -> list[float]:
    """The mean of each run of losses, without rounding."""
    numbers = [Fraction(loss) for loss in losses]
    runs = [numbers[first : first + window] for first in range(len(numbers) - window + 1)]
    return [float(sum(run) / window) for run in runs]


@moving_average.law(0.75, "raises ValueError for a window shorter than 1 or longer than the curve")
def test_moving_average_raises_for_bad_windows(
    student: Student, random: np.random.Generator
) -> None:
    three: list[float] = [1.0, 2.0, 4.0]
    cases: list[tuple[list[float], int]] = [(three, 0), (three, -1), (three, 4), ([], 1)]
    for number in random.permutation(8):  # good windows among them, in no order known before
        losses = random.uniform(0.5, 2.0, int(random.integers(4, 9))).tolist()
        count, beyond = len(losses), int(random.integers(1, 4))
        window = 1 - beyond if number < 6 else count + beyond
        cases.append((losses, int(random.integers(1, 3)) if number < 4 else window))
    student.loss_curves.moving_average.ahead(cases)
    for losses, window in cases:
        if 1 <= window <= len(losses):
            result = student.loss_curves.moving_average(losses, window)
            expect_numbers(result, means_of_runs(losses, window))
            continue
        with expect_raises(ValueError, f"window is {window} and there are {len(losses)} losses"):
            student.loss_curves.moving_average(losses, window)


has_converged = Criteria("has_converged")


@has_converged.example(0.5, "tells a small change over the window from a large one")
def test_has_converged_for_small_changes(student: Student) -> None:
    cases = (
        (([100.0, 50.0, 97.0], 2, 0.05), True),
        (([100.0, 99.0, 94.0], 2, 0.05), False),
        (([100.0, 80.0, 81.0], 2, 0.05), False),
        (([0.5, 0.9, 0.49], 2, 0.05), True),
    )
    expect_each(student.loss_curves.has_converged, cases, expect_truth)


@has_converged.law(0.5, "says False where there are window losses or fewer")
def test_has_converged_is_false_too_early(student: Student, random: np.random.Generator) -> None:
    cases: tuple[tuple[tuple[Any, ...], bool], ...] = (
        (([5.0, 5.0], 2), False),
        (([5.0, 5.0, 5.0], 2), True),
        (([5.0], 2), False),
        (([], 2), False),
        (([5.0] * 4, 4), False),
        (([5.0] * 5, 4), True),
    )
    expect_each(student.loss_curves.has_converged, cases, expect_truth)
    expect_fresh(student.loss_curves.has_converged, flat_curves(random), expect_truth)


@has_converged.law(0.75, "measures the change against the older loss, and counts the border in")
def test_has_converged_takes_the_border_in(student: Student, random: np.random.Generator) -> None:
    # halves and eighths are exact, so the border is where it is meant to be
    cases = (
        (([4.0, 2.0], 1, 0.5), True),
        (([4.0, 6.0], 1, 0.5), True),
        (([4.0, 6.5], 1, 0.5), False),
        (([2.0, 4.0], 1, 0.5), False),
        (([-4.0, -2.0], 1, 0.5), True),
        (([-4.0, -1.0], 1, 0.5), False),
        (([0.0, 0.0], 1, 0.5), True),
        (([0.0, 0.25], 1, 0.5), False),
        (([3.0, 3.0], 1, 0.0), True),
        (([8.0, 9.0, 8.0], 1, 0.125), True),
    )
    expect_each(student.loss_curves.has_converged, cases, expect_truth)
    expect_fresh(student.loss_curves.has_converged, changes_at_the_border(random), expect_truth)


@has_converged.reference(1.25, "agrees with the rule on fresh curves, windows and tolerances")
def test_has_converged_on_fresh_curves(student: Student, random: np.random.Generator) -> None:
    cases: Truths = []
    for turn in random.integers(2, size=CASES):
        losses, window, tolerance, flat = fresh_curve(random, flat=bool(turn))
        cases.append(((losses, window, tolerance), flat))
    expect_fresh(student.loss_curves.has_converged, cases, expect_truth)
    losses = np.linspace(2.0, 1.0, 30) * random.uniform(1, 2)
    # the last pair is a two-hundredth beside the border of 1 %
    changes = ((1.008, True), (1.013, False), (0.99005, True), (0.98995, False))
    ends = [changes[number] for number in random.permutation(4)]
    curves = [np.append(losses[:-1], change * losses[-11]) for change, _ in ends]
    student.loss_curves.has_converged.ahead([(curve,) for curve in curves], observed=True)
    for curve, (_, flat) in zip(curves, ends, strict=True):
        seen = student.loss_curves.has_converged.observe(curve)
        expect_truth(seen.result, flat)
        expect_unchanged(seen, [curve])
    expect_truth(student.loss_curves.has_converged(curves[-1], tolerance=0.03, window=10), True)


diagnose = Criteria("diagnose")


@diagnose.example(0.5, "names the four curves of the example")
def test_diagnose_four_curves(student: Student) -> None:
    healthy = [1.0, 0.8, 0.6, 0.4, 0.2, 0.1]
    cases = (
        ((healthy, 0.15, 2), "still improving"),
        (([*healthy, 0.1, 0.1], 0.15, 2), "converged"),
        (([1.0, 0.8, 0.8, 0.8], 0.1, 2), "stuck"),
        (([1.0, float("nan")], 0.1), "diverging"),
    )
    expect_each(student.loss_curves.diagnose, cases, expect_text)


@diagnose.law(0.5, "calls a curve diverging by its last loss alone")
def test_diagnose_divergence(student: Student, random: np.random.Generator) -> None:
    nan, inf = float("nan"), float("inf")
    cases = (
        (([1.0, 1.0, 1.5], 0.25, 2), "diverging"),
        (([1.0, 0.5, inf], 0.25, 2), "diverging"),
        (([1.0, 0.5, -inf], 0.25, 2), "diverging"),
        (([1.0, 9.0, 0.5], 0.25, 2), "still improving"),
        (([1.0, nan, 0.5], 0.25, 2), "still improving"),
        (([1.0, inf, 0.5, 0.5, 0.5], 0.25, 2), "stuck"),
        (([1.0, 0.5, 0.25, 0.75], 0.25, 2), "still improving"),
    )
    expect_each(student.loss_curves.diagnose, cases, expect_text)
    expect_fresh(student.loss_curves.diagnose, curves_by_their_last_loss(random), expect_text)


@diagnose.law(0.5, "looks at the target only once the curve is flat, and counts the borders in")
def test_diagnose_asks_in_order(student: Student, random: np.random.Generator) -> None:
    cases = (
        (([1.0, 0.5, 0.25, 0.125], 0.5, 2), "still improving"),
        (([1.0, 0.5, 0.5, 0.5], 0.5, 2), "converged"),
        (([1.0, 0.5, 0.5, 0.5], 0.25, 2), "stuck"),
        (([1.0, 1.0, 1.0], 0.25, 2), "stuck"),
        (([0.1], 0.5, 2), "still improving"),
        (([0.1, 0.1, 0.1, 0.2], 0.5, 2), "diverging"),
    )
    expect_each(student.loss_curves.diagnose, cases, expect_text)
    expect_fresh(student.loss_curves.diagnose, curves_by_their_target(random), expect_text)


@diagnose.reference(1.5, "names fresh curves, with windows and tolerances of their own")
def test_diagnose_fresh_curves(student: Student, random: np.random.Generator) -> None:
    diagnose = student.loss_curves.diagnose
    cases: list[tuple[tuple[Any, ...], str]] = []
    for way in random.integers(4, size=CASES):
        losses, window, tolerance, flat = fresh_curve(random, flat=bool(way % 2))
        reached = bool(random.integers(2))
        target = float(losses[-1]) * (1.1 if reached else 0.9)
        word = ("converged" if reached else "stuck") if flat else "still improving"
        if way == 0:
            losses[-1], word = losses[0] + random.uniform(0.1, 1.0), "diverging"
        cases.append(((losses, target, window, tolerance), word))
    expect_fresh(diagnose, cases, expect_text)
    seen = diagnose.observe(losses, target, tolerance=tolerance, window=window)
    expect_text(seen.result, word)
    expect_unchanged(seen, [losses, target])
    falling = np.linspace(2.0, 1.0, 30) * random.uniform(1, 2)
    ends = ((0.99005, "converged"), (0.98995, "still improving"))
    ordered = ends[:: int(random.choice([-1, 1]))]
    curves = [np.append(falling[:-1], change * falling[-11]) for change, _ in ordered]
    further = [((curve, 5.0), word) for curve, (_, word) in zip(curves, ordered, strict=True)]
    expect_in_turn(diagnose, further, expect_text)


accuracy = Criteria("accuracy")


@accuracy.example(0.25, "finds one of two rows right, and two of three")
def test_accuracy_of_the_example(student: Student) -> None:
    probabilities = [[0.7, 0.2, 0.1], [0.3, 0.6, 0.1], [0.2, 0.1, 0.7]]
    targets = [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    cases = (
        ((probabilities[:2], targets[:2]), 1 / 2),
        ((probabilities, targets), 2 / 3),
    )
    expect_each(student.loss_curves.accuracy, cases, expect_number)


@accuracy.reference(1.75, "agrees with a count of the rows on fresh tables")
def test_accuracy_of_fresh_tables(student: Student, random: np.random.Generator) -> None:
    # The share of hits is drawn too, so that it follows from no shape: all five are guessed once
    # in 20,000 times. No probability of the table with the many classes is above one half.
    tables = []
    for n, k in ((29, 4), (14, 9), (15, 2), (16, 6), (1, 3)):
        probabilities = random.dirichlet(np.full(k, 20.0 if k == 9 else 1.0), n)
        right = [row.tolist().index(max(row)) for row in probabilities]
        hits = random.permutation(n) < random.integers(1, n + 1)
        classes = [c if hit else (c + 1) % k for c, hit in zip(right, hits, strict=True)]
        tables.append(((probabilities, np.eye(k)[classes]), int(hits.sum()) / n))
    student.loss_curves.accuracy.ahead([both for both, _ in tables], observed=True)
    for both, share in tables:
        seen = student.loss_curves.accuracy.observe(*both)
        expect_number(seen.result, share)
        expect_unchanged(seen, both)


early_stopping = Criteria("early_stopping")


def expect_epochs(returned: Any, expected: list[int]) -> None:
    """Expect the best epoch and the stop."""
    expect_numbers(returned, expected, atol=0, rtol=0)


@early_stopping.example(0.25, "stops after two epochs without improvement, and names the best")
def test_early_stopping_of_the_example(student: Student) -> None:
    cases = (
        (([1.0, 0.5, 0.6, 0.5, 0.1], 2), [1, 3]),
        (([3.0, 2.0, 2.5, 2.2, 2.3, 2.4], 3), [1, 4]),
        (([1.0, 0.8, 0.6, 0.4, 0.2, 0.1], 1), [5, 5]),
        (([1.0, 2.0, 3.0], 5), [0, 2]),
        (([1.0], 1), [0, 0]),
    )
    expect_each(student.loss_curves.early_stopping, cases, expect_epochs)


@early_stopping.reference(1, "counts the epochs in a row that do not improve, of fresh runs")
def test_early_stopping_of_fresh_runs(student: Student, random: np.random.Generator) -> None:
    cases = runs_with_patience(random)
    expect_fresh(student.loss_curves.early_stopping, cases, expect_epochs)
    (losses, patience), expected = cases[-1]
    table = np.array(losses)
    seen = student.loss_curves.early_stopping.observe(table, patience)
    expect_epochs(seen.result, expected)
    expect_unchanged(seen, [table, patience])


@early_stopping.law(0.5, "asks for more than min_improvement below the last loss that improved")
def test_early_stopping_asks_for_an_improvement(
    student: Student, random: np.random.Generator
) -> None:
    # 9 ⅞ is too little below 10, 9 ½ is below it by 1/2 exactly, 9 ⅜ by more; 9 is by ⅜ below that
    cases = (
        (([10.0, 9.875, 9.5, 9.375, 9.0], 9, 0.5), [3, 4]),
        (([4.0, 3.75, 3.5, 3.25, 3.0], 2, 0.75), [0, 2]),
        (([4, 3, 2, 1], 9, 1), [2, 3]),
        (([2.0, 2.25, 2.125], 9, 0.5), [0, 2]),
    )
    expect_each(student.loss_curves.early_stopping, cases, expect_epochs)
    expect_fresh(
        student.loss_curves.early_stopping, runs_with_small_improvements(random), expect_epochs
    )


@early_stopping.law(0.25, "raises ValueError for no losses and for a patience below 1")
def test_early_stopping_raises_for_bad_input(student: Student, random: np.random.Generator) -> None:
    cases: list[tuple[Any, int]] = [([], 1), ([1.0, 0.5], 0), ([1.0], -1)]
    for number in random.permutation(8):  # good input among it, in no order known before
        rising = np.sort(random.uniform(1, 9, int(random.integers(2, 6))))
        patience = -int(random.integers(5)) if number in (4, 5) else 1
        cases.append((rising if number < 6 else rising[:0], patience))
    student.loss_curves.early_stopping.ahead(cases)
    for losses, patience in cases:
        if len(losses) and patience > 0:
            expect_epochs(student.loss_curves.early_stopping(losses, patience), [0, 1])
            continue
        with expect_raises(ValueError, f"there are {len(losses)} losses, patience is {patience}"):
            student.loss_curves.early_stopping(losses, patience)
