"""Criteria of lesson 3: where the border of convergence lies, and how to read a loss curve."""

from typing import Any

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import (
    Array,
    Unmet,
    expect_fresh,
    expect_in_turn,
    expect_number,
    expect_raises,
    expect_text,
)
from autograder.checking.student import Student
from autograder.exercises.oracles.bowls import bowl, long_run_factor
from autograder.exercises.oracles.loss_curves import (
    HIGH,
    LOW,
    RIGHT,
    Verdicts,
    broken_curves,
    curves_by_their_ends,
    long_curves,
    small_drops,
)
from autograder.exercises.oracles.slopes import exact

# eigenvalues 1 and 11; neither the diagonal nor the sums of rows show them
TILTED = [[10, -3], [-3, 2]]


def curvatures_apart(random: np.random.Generator, size: int) -> Array:
    """Return curvatures whose ends stand out: power iteration finds them in 100 rounds as well."""
    ends = [random.uniform(4, 5), random.uniform(0.4, 0.6)]
    return np.array([*ends[:size], *random.uniform(1, 3, max(size - 2, 0))])


largest_stable_learning_rate = Criteria("largest_stable_learning_rate")


@largest_stable_learning_rate.example(0.5, "gives 0.4 for curvatures of 1 and 5")
def test_largest_stable_learning_rate_by_hand(student: Student) -> None:
    result = student.learning_rate.largest_stable_learning_rate(np.diag([1.0, 5.0]))
    expect_number(result, 0.4)


@largest_stable_learning_rate.law(
    0.75, "sees the curvatures of a tilted bowl, 1 and 11, in nested lists"
)
def test_largest_stable_learning_rate_of_a_tilted_bowl(
    student: Student, random: np.random.Generator
) -> None:
    tilted = bowl(random, curvatures_apart(random, 2))
    drawn = (tilted.hessian.tolist(),), 2 / tilted.curvatures[-1]
    largest = student.learning_rate.largest_stable_learning_rate
    expect_in_turn(largest, (((TILTED,), 2 / 11), drawn), expect_number)


@largest_stable_learning_rate.convergence(
    1.75,
    "is the border: a descent converges just below it and diverges just above",
    needs=("largest_stable_learning_rate_of_a_tilted_bowl",),
)
def test_largest_stable_learning_rate_is_the_border(
    student: Student, random: np.random.Generator
) -> None:
    # one part in a million to either side changes the factor of a step by 2e-6, far above the
    # 1e-12 to which `long_run_factor` knows it
    bowls = [bowl(random, curvatures_apart(random, size)) for size in (1, 3, 6)]
    largest = student.learning_rate.largest_stable_learning_rate
    largest.ahead([(bowl.hessian,) for bowl in bowls])
    for drawn in bowls:
        hessian, right = drawn.hessian, 2 / drawn.curvatures[-1]
        border = expect_number(largest(hessian))
        if not 0 < border < np.inf:
            raise Unmet("the result is not a learning rate", border, right)
        if long_run_factor(hessian, border * (1 - 1e-6)) >= 1:
            raise Unmet("below the learning rate returned a descent diverges", border, right)
        if long_run_factor(hessian, border * (1 + 1e-6)) <= 1:
            raise Unmet("above the learning rate returned a descent converges", border, right)


contraction_factor = Criteria("contraction_factor")


@contraction_factor.example(
    0.5, "gives 0.75 for curvatures of 1, 3 and 6 at the learning rate 0.25"
)
def test_contraction_factor_by_hand(student: Student) -> None:
    # the factors are 0.75, 0.25 and −0.5
    result = student.learning_rate.contraction_factor(0.25, np.diag([1.0, 3.0, 6.0]))
    expect_number(result, 0.75)


@contraction_factor.law(0.75, "counts an axis on which each step lands on the other side")
def test_contraction_factor_of_overshooting(student: Student, random: np.random.Generator) -> None:
    # the factors are −0.5 and −3.5, then 0.4 and −0.8
    rates, curvatures = random.uniform(0.8, 1.5, 2).tolist(), random.uniform(2.5, 4, 2)
    drawn = zip(rates, curvatures, rates * curvatures - 1, strict=True)
    triples = (1.5, 3.0, 3.5), (0.6, 3.0, 0.8), *drawn
    cases = [((rate, np.diag([1.0, steep])), factor) for rate, steep, factor in triples]
    expect_in_turn(student.learning_rate.contraction_factor, cases, expect_number)


@contraction_factor.law(0.25, "is 1 where no step is taken, nested lists and keywords included")
def test_contraction_factor_without_a_step(student: Student, random: np.random.Generator) -> None:
    factor = student.learning_rate.contraction_factor
    low, high = sorted(random.choice(np.arange(1, 60), 2, replace=False).tolist())
    rate = float(random.uniform(0.2, 0.9)) / high
    tables = (0, TILTED), (0, [[high, 0], [0, low]]), (rate, [[low, 0], [0, high]])
    named = [{"learning_rate": alpha, "hessian": table} for alpha, table in tables]
    for answered in named:
        factor.ahead([()], keywords=answered)
    for answered, expected in zip(named, (1.0, 1.0, 1 - rate * low), strict=True):
        expect_number(factor(**answered), expected)


@contraction_factor.convergence(
    1.5,
    "is the factor of a long descent on a tilted bowl",
    needs=("contraction_factor_of_overshooting",),
)
def test_contraction_factor_of_a_long_descent(
    student: Student, random: np.random.Generator
) -> None:
    cases = []
    for size in (2, 5):
        hessian = bowl(random, curvatures_apart(random, size)).hessian
        for part in (0.2, 0.9, 1.3):
            rate = float(part * 2 / np.linalg.norm(hessian, 2))
            cases.append(((rate, hessian), long_run_factor(hessian, rate)))
    expect_in_turn(student.learning_rate.contraction_factor, cases, expect_number)


best_learning_rate = Criteria("best_learning_rate")


@best_learning_rate.example(0.25, "gives 0.5 for curvatures of 1 and 3")
def test_best_learning_rate_by_hand(student: Student) -> None:
    expect_number(student.learning_rate.best_learning_rate(np.diag([1.0, 3.0])), 0.5)


@best_learning_rate.law(0.5, "is the same whatever curvatures are in between")
def test_best_learning_rate_of_three_curvatures(
    student: Student, random: np.random.Generator
) -> None:
    curvatures = random.permutation([1.0, *random.uniform(2, 5, 2), random.uniform(6, 9)])
    drawn = (np.diag(curvatures).tolist(),), 2 / (1 + curvatures.max())
    cases = ((np.diag([2.0, 1.0, 9.0]),), 0.2), (([[4]],), 0.25), drawn
    expect_in_turn(student.learning_rate.best_learning_rate, cases, expect_number)


@best_learning_rate.convergence(
    1.25,
    "is the best: a little less or more makes a long descent slower",
    needs=("best_learning_rate_of_three_curvatures",),
)
def test_best_learning_rate_is_the_best(student: Student, random: np.random.Generator) -> None:
    # The factor of a step is a V over the learning rate, with slopes −λmin and λmax: one part in
    # a million to either side raises it by 1e-7 at least, far above the 1e-12 to which it is known.
    bowls = [bowl(random, curvatures_apart(random, size)) for size in (2, 4)]
    student.learning_rate.best_learning_rate.ahead([(bowl.hessian,) for bowl in bowls])
    for drawn in bowls:
        hessian, right = drawn.hessian, 2 / (drawn.curvatures[0] + drawn.curvatures[-1])
        best = expect_number(student.learning_rate.best_learning_rate(hessian))
        if not 0 < best < np.inf:
            raise Unmet("the result is not a learning rate", best, right)
        factor = long_run_factor(hessian, best)
        if long_run_factor(hessian, best * (1 + 1e-6)) <= factor:
            raise Unmet("a larger learning rate makes the descent faster", best, right)
        if long_run_factor(hessian, best * (1 - 1e-6)) <= factor:
            raise Unmet("a smaller learning rate makes the descent faster", best, right)


def expect_verdicts(student: Student, *curves: tuple[list[float], str]) -> None:
    """Expect the verdict on each loss curve."""
    cases = [((np.array(losses),), verdict) for losses, verdict in curves]
    expect_in_turn(student.learning_rate.judge_learning_rate, cases, expect_text)


def expect_fresh_verdicts(student: Student, curves: Verdicts) -> None:
    """Expect the verdict on each of many drawn loss curves."""
    cases = [((np.array(losses),), verdict) for losses, verdict in curves]
    expect_fresh(student.learning_rate.judge_learning_rate, cases, expect_text)


judge_learning_rate = Criteria("judge_learning_rate")


@judge_learning_rate.example(0.75, "tells a rising curve, a slow one and a settled one apart")
def test_judge_learning_rate_of_three_curves(student: Student) -> None:
    expect_verdicts(
        student,
        ([1.0, 2.0, 4.0], HIGH),
        ([float(30 - k) for k in range(21)], LOW),
        ([10.0, 9.0, 8.0, 7.0, 6.0], LOW),
        ([10.0, 1.0, 0.5, 0.5], RIGHT),
    )


@judge_learning_rate.law(0.75, "says “too high” for a nan or an infinity anywhere")
def test_judge_learning_rate_of_broken_curves(
    student: Student, random: np.random.Generator
) -> None:
    expect_verdicts(
        student,
        ([8.0, 2.0, 1.0, np.nan], HIGH),
        ([8.0, np.nan, 1.0, 0.5, 0.5], HIGH),
        ([8.0, 2.0, np.inf, 1.0, 1.0], HIGH),
        ([8.0, 2.0, 1.0, -np.inf], HIGH),
        ([np.inf, 2.0, 1.0, 1.0], HIGH),
    )
    expect_fresh_verdicts(student, broken_curves(random))


@judge_learning_rate.law(
    0.5, "compares the last loss with the first, whatever is between, in a plain list too"
)
def test_judge_learning_rate_of_the_ends(student: Student, random: np.random.Generator) -> None:
    expect_verdicts(
        student,
        ([8.0, 30.0, 1.0, 0.5, 0.5], RIGHT),
        ([3.0, 3.0], LOW),
        ([3.0, 1.0, 3.0], LOW),
        ([3.0, 1.0, 2.0, 3.5], HIGH),
    )
    lists = (([3, 1, 2, 4],), HIGH), (([8, 30, 1, 0, 0],), RIGHT)
    expect_in_turn(student.learning_rate.judge_learning_rate, lists, expect_text)
    expect_fresh_verdicts(student, curves_by_their_ends(random))


@judge_learning_rate.law(0.75, "looks at the drop over the last tenth of the steps")
def test_judge_learning_rate_of_long_curves(student: Student, random: np.random.Generator) -> None:
    # 39 steps have a tail of 3, although there are 40 losses; 40 steps have a tail of 4
    fast = [100.0] + [20.0] * 34
    expect_verdicts(
        student,
        ([*fast, 1.5, 1.5, 1.5, 0.5, 0.0], LOW),
        ([*fast, 1.5, 1.5, 0.5, 0.5, 0.0], LOW),
        ([*fast, 20.0, 0.8, 0.8, 0.8, 0.0], RIGHT),
        ([*fast, 1.5, 1.5, 0.5, 0.5, 0.5, 0.0], LOW),
        ([*fast, 20.0, 0.8, 0.8, 0.8, 0.8, 0.0], RIGHT),
    )
    expect_fresh_verdicts(student, long_curves(random))


@judge_learning_rate.law(0.75, "measures that drop by the whole drop, more than 1% of it")
def test_judge_learning_rate_of_small_drops(student: Student, random: np.random.Generator) -> None:
    # Drops of 10 above a floor of 1000, then of 100 down to −90. The last one leaves 1 % exactly:
    # 1 and 0.01 · 100 are the same float, and so are the two sides of every other form.
    expect_verdicts(
        student,
        ([1010.0, 1001.0, 1000.15, 1000.0], LOW),
        ([1010.0, 1001.0, 1000.05, 1000.0], RIGHT),
        ([10.0, -80.0, -88.9999, -90.0], LOW),
        ([10.0, -80.0, -89.0, -90.0], RIGHT),
    )
    expect_fresh_verdicts(student, small_drops(random))


@judge_learning_rate.law(0.5, "refuses fewer than two losses with a ValueError")
def test_judge_learning_rate_of_too_few(student: Student, random: np.random.Generator) -> None:
    cases = [([1.0], "is one loss"), ([], "are no losses"), ([np.nan], "is one, nan")]
    # some with enough losses, in no order known before
    for number in random.permutation(8).tolist():
        losses = [float(random.uniform(1, 9))]
        if number % 2:
            losses.append(losses[0] * (1.5 if random.integers(2) else 0.5))
        cases.append((losses, "is one loss"))
    judge = student.learning_rate.judge_learning_rate
    judge.ahead([(losses,) for losses, _ in cases])
    for losses, count in cases:
        if len(losses) > 1:
            expect_text(judge(losses), HIGH if losses[1] > losses[0] else LOW)
            continue
        with expect_raises(ValueError, f"there {count}"):
            judge(losses)


cosine_schedule = Criteria("cosine_schedule")


@cosine_schedule.example(0.25, "falls from 0.2 through 0.15 to 0.1 in the first half of 90 steps")
def test_cosine_schedule_by_hand(student: Student) -> None:
    cases = [((0.2, step, 90), rate) for step, rate in ((0, 0.2), (30, 0.15), (45, 0.1))]
    expect_in_turn(student.learning_rate.cosine_schedule, cases, expect_number)


@cosine_schedule.law(0.5, "rises along a line first, and falls over the steps that are left")
def test_cosine_schedule_with_warm_up(student: Student, random: np.random.Generator) -> None:
    schedule = student.learning_rate.cosine_schedule
    rates = {0: 0.0, 4: 0.2, 9: 0.45, 10: 0.5, 40: 0.375, 55: 0.25}
    named = [{"peak": 0.5, "step": step, "total_steps": 100, "warmup_steps": 10} for step in rates]
    for answered in named:
        schedule.ahead([()], keywords=answered)
    for answered, rate in zip(named, rates.values(), strict=True):
        expect_number(schedule(**answered), rate)
    # tenths of the way up, and thirds of the way down, where the cosine is 0.5 and −0.5
    peak, up, down = random.integers(2, 12) / 5, 10 * random.integers(1, 9), random.integers(2, 9)
    part = int(random.integers(1, 10))
    shares = (up // 10 * part, part / 10), (up + down, 0.75), (up + 2 * down, 0.25)
    settings = int(up + 3 * down), int(up)
    cases = [((float(peak), int(place), *settings), peak * share) for place, share in shares]
    expect_in_turn(schedule, cases, expect_number)


@cosine_schedule.law(0.25, "is exactly 0 from the last step on")
def test_cosine_schedule_at_the_end(student: Student, random: np.random.Generator) -> None:
    half, beyond = int(random.integers(10, 50)), int(random.integers(1, 50))
    peak = int(random.integers(2, 20))
    schedule = student.learning_rate.cosine_schedule
    ends = [(0.5, step, 50, warm_up) for step, warm_up in ((50, 0), (61, 0), (100, 10), (140, 10))]
    cases = [*ends, (peak, 2 * half + beyond, 2 * half), (peak, half, 2 * half)]
    schedule.ahead(cases)
    for case in cases[:-1]:
        expect_number(schedule(*case), 0.0, atol=0.0)
    expect_number(schedule(*cases[-1]), peak / 2)


@cosine_schedule.reference(
    1, "follows the curve at fresh steps", needs=("cosine_schedule_with_warm_up",)
)
def test_cosine_schedule_at_fresh_steps(student: Student, random: np.random.Generator) -> None:
    # ½ (1 + cos x) is cos² (x / 2)
    cases: list[tuple[tuple[Any, ...], float]] = []
    for _ in range(4):
        total, peak = int(random.integers(50, 400)), float(random.uniform(0.01, 3))
        warm_up = int(random.integers(1, total // 2))
        step = int(random.integers(warm_up, total))
        angle = exact(np.pi) / 2 * exact(step - warm_up) / exact(total - warm_up)
        late = float(exact(peak) * np.cos(angle) ** 2)
        early = int(random.integers(0, warm_up))
        on_the_way = float(exact(peak) * early / warm_up)
        cases += [((peak, step, total, warm_up), late), ((peak, early, total, warm_up), on_the_way)]
    expect_in_turn(student.learning_rate.cosine_schedule, cases, expect_number)
