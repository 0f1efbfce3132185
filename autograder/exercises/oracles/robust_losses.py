"""The laws of a robust loss of the learner's own, and where it leads a descent: for lesson 1.

Nobody knows the formula: a law asks what single misses cost, or what many cost together. The cost
of a miss is the loss of one prediction that is so far above a target of 0.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autograder.checking.expectations import (
    Array,
    Unmet,
    expect,
    expect_array,
    expect_number,
    expect_unchanged,
)
from autograder.checking.student import Function
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded

MAX_GROWTH = 2.3  # the factor that twice the miss may cost: 2 on a straight line, 4 on a parabola
NUDGE = 1e-4
GROWTH = (
    "Far out a cost that grows like |e| doubles, one that grows like e² is four times as much. "
    "Let it go over into a straight line, or something flatter, before 10."
)


def costs(loss: Function, misses: ArrayLike) -> Array:
    """What each of some misses costs alone, asked in one exchange."""
    asked = np.asarray(misses, dtype=float)
    returned = loss.each([[np.array([miss]), np.zeros(1)] for miss in asked])
    found = np.array([expect_number(cost) for cost in returned])
    for miss, cost in zip(asked.tolist(), found.tolist(), strict=True):
        expect(
            np.isfinite(cost),
            f"a miss of {miss:.6g} costs {cost}",
            advice="Which part is too large for a float, or is 0 / 0? An exponential overflows "
            "from 710 on: np.logaddexp and np.hypot do without large numbers in between.",
        )
    return found


def expect_a_mean_of_costs(loss: Function, random: np.random.Generator) -> None:
    """Expect the mean, over all elements, of what each miss costs by its size alone."""
    # Odd multiples of 1/1024 and whole shifts: every difference is exact, and no two misses are
    # equally large, neither before nor after one of them becomes eight times as large.
    sizes = 2 * random.choice(np.arange(150, 2000), (2, 3), replace=False) + 1
    misses = sizes * random.choice([-1, 1], (2, 3)) / 1024
    misses[0, 0] *= 8
    targets = random.integers(-4000, 4000, (2, 3)) / 1024
    alone = costs(loss, misses.ravel())
    expect(
        all(alone > 0),
        "a miss costs nothing, or less than nothing",
        advice="Take the size of the miss: misses to both sides must not cancel.",
    )
    expect(
        all(np.diff(alone[np.argsort(np.abs(misses.ravel()))]) > 0),
        "a larger miss costs no more than a smaller one",
        advice="The size of each miss must count: what is the cost as a function of |e|? If it "
        "has two pieces, do they meet?",
    )
    together = float(np.mean(alone))
    shift = float(random.integers(5, 99))
    tables = (
        (misses, 0 * misses, "the mean of what its elements cost alone", "np.mean over all of it."),
        (misses[0], 0 * misses[0], "the mean of what its elements cost alone", "Use np.mean."),
        (targets + misses, targets, "the same", "Only e = prediction − target may count."),
        (targets + misses + shift, targets + shift, "the same", "Only prediction − target counts."),
        (targets, targets + misses, "the same where e and −e are exchanged", "Take |e| or e²."),
        ((targets + misses).tolist(), targets.tolist(), "the same", "Make float arrays first."),
    )
    loss.ahead([table[:2] for table in tables])
    for predictions, answers, what, advice in tables:
        wanted = together if np.size(predictions) == misses.size else float(np.mean(alone[:3]))
        returned = loss(predictions, answers)
        got = expect_number(returned)
        if not np.isclose(got, wanted, rtol=1e-9, atol=1e-12):
            raise Unmet(f"the loss of a table is not {what}", returned, wanted, advice)


def expect_slow_growth(loss: Function, random: np.random.Generator) -> None:
    """Expect that from 10 on twice the miss costs more, and at most 2.3 times as much."""
    misses = np.append(random.uniform(10, 50, 12), random.uniform(10, 10.1, 2))
    single, double = _growth(loss, misses)
    worst = int(np.argmin(double / single))
    expect(
        double[worst] > single[worst],
        f"a miss of {2 * misses[worst]:.4g} costs no more than one of {misses[worst]:.4g}",
        advice="A larger miss must cost more, though not much more: cut nothing off.",
    )


def expect_finite_costs(loss: Function, random: np.random.Generator) -> None:
    """Expect finite costs, which grow as slowly, for misses up to a million."""
    misses = np.append(50 * 10_000 ** random.uniform(0, 1, 8), [5e5])
    costs(loss, -misses)
    _growth(loss, misses)


def _growth(loss: Function, misses: Array) -> tuple[Array, Array]:
    single, double = np.split(costs(loss, [*misses, *(2 * misses)]), 2)
    worst = int(np.argmax(double - MAX_GROWTH * single))
    if double[worst] > MAX_GROWTH * single[worst] * (1 + 1e-9):
        times = double[worst] / single[worst]
        raise Unmet(
            f"a miss of {2 * misses[worst]:.4g} costs {times:.3g} times as much as one of "
            f"{misses[worst]:.4g}, expected {MAX_GROWTH} times at most",
            advice=GROWTH,
        )
    return single, double


def expect_a_round_bottom(loss: Function, random: np.random.Generator) -> None:
    """Expect that cost(h) / h is far smaller for h near a millionth than near a hundredth."""
    tiny = 1e-6 * float(random.uniform(0.8, 1.25))
    sides = np.repeat(random.permutation([-1.0, 1.0]), 2)
    sizes = np.array([tiny, 1e4 * tiny, tiny, 1e4 * tiny])
    for near, away in (costs(loss, sides * sizes) / sizes).reshape(2, 2):
        expect(
            near < 0.1 * away,
            "the cost has a corner at 0: it falls as steeply next to 0 as a little away",
            advice="Let the cost begin like e², as the squared error does: then its slope fades.",
        )


def expect_a_rise_without_jumps(loss: Function, random: np.random.Generator) -> None:
    """Expect a cost that rises from miss to miss, up to 100, and nowhere at once."""
    misses = 0.001 * 1e5 ** ((np.arange(160) + random.uniform(0, 1, 160)) / 160)
    risen = np.diff(costs(loss, misses))
    lowest = int(np.argmin(risen))
    expect(
        risen[lowest] > 0,
        f"a miss of {misses[lowest + 1]:.4g} costs no more than one of {misses[lowest]:.4g}",
        advice="Between 0 and 100 a larger miss must cost more: cut nothing off, and let two "
        "pieces meet where one takes over.",
    )
    # A jump is as high in the finest interval that holds it; the rise of a curve shrinks with it.
    slopes = risen / np.diff(misses)
    around = np.minimum(np.roll(slopes, 1), np.roll(slopes, -1))
    places = np.argsort(around / slopes)[:3]
    low, high, row = misses[places], misses[places + 1], np.arange(3)
    for _ in range(2):
        grid = np.linspace(low, high, 16, axis=1)
        steps = np.diff(costs(loss, grid.ravel()).reshape(3, 16))
        steepest = np.argmax(steps, axis=1)
        low, high = grid[row, steepest], grid[row, steepest + 1]
    for rise, step, end in zip(risen[places], steps[row, steepest], high, strict=True):
        expect(
            step < 0.1 * rise,
            f"the cost jumps where a miss reaches {end:.4g}",
            advice="Where two pieces meet, both must have the same value: shift the outer one.",
        )


Law = Callable[[Function, np.random.Generator], None]
LAWS: tuple[Law, ...] = (
    expect_a_mean_of_costs,
    expect_slow_growth,
    expect_finite_costs,
    expect_a_round_bottom,
    expect_a_rise_without_jumps,
)


def expect_lawful(loss: Function, random: np.random.Generator) -> None:
    """End as *not run* unless a loss obeys all laws: its gradient cannot be judged before."""
    try:
        right = expect_number(loss(np.array([3.0]), np.array([3.0])))
        expect(abs(right) < 1e-9, "a prediction that is right costs something")
        for law in LAWS:
            law(loss, random)
    except Unmet as unmet:
        reason = unmet.finding
    except Raised as raised:
        reason = "it is not written yet" if raised.not_written else f"it raises {raised.kind}"
    except NotThere:
        reason = "it is not there"
    else:
        return
    said = f"This is checked once your robust_loss obeys its laws. So far, {reason}."
    raise SessionEnded(Outcome.NOT_RUN, said)


def expect_slopes_of(loss: Function, gradient: Function, random: np.random.Generator) -> None:
    """Expect the gradient of the learner's own loss, by central differences of that loss."""
    # Differences with two nudges agree unless there is a corner between them; extrapolated, their
    # error is of the order 1e-11, far below the tolerance.
    sizes = random.uniform([0.2, 0.8, 2, 5, 12, 20], [0.8, 2, 5, 12, 20, 40])
    misses = (random.permutation(sizes) * random.choice([-1, 1], 6)).reshape(2, 3)
    targets = random.uniform(-5, 5, (2, 3))
    predictions = targets + misses
    nudged = [
        [predictions + side * nudge * NUDGE * unit.reshape(2, 3), targets]
        for nudge in (1, 2)
        for side in (-1, 1)
        for unit in np.eye(6)
    ]
    below, above, far_below, far_above = np.split(
        np.array([expect_number(returned) for returned in loss.each(nudged)]), 4
    )
    near, far = (above - below) / (2 * NUDGE), (far_above - far_below) / (4 * NUDGE)
    size = np.max(np.abs(near))
    smooth = np.abs(near - far) <= 1e-6 * size
    expect(
        smooth.sum() >= 4,
        "your loss has no steady slope: differences with two nudges disagree",
        advice="Does the same call of robust_loss always return the same number?",
    )
    seen = gradient.observe(predictions, targets)
    got = expect_array(seen.result, shape=(2, 3))
    slopes = ((4 * near - far) / 3).reshape(2, 3)
    expected = np.where(smooth.reshape(2, 3), slopes, got)
    expect_array(seen.result, expected, rtol=1e-5, atol=1e-6 * float(size))
    expect_unchanged(seen, [predictions, targets])


def expect_the_way_past_outliers(
    loss: Function, gradient: Function, random: np.random.Generator
) -> None:
    """Expect a descent from the mean of data with outliers to come nearer to their center.

    All predictions are one number. The slope says where to go, and the loss how far: the best of a
    row of halved steps.
    """
    center, side = float(random.uniform(-50, 50)), float(random.choice([-1, 1]))
    noise = np.append(random.normal(0, 1, 36), side * random.uniform(15, 40, 4))
    data = random.permutation(center + noise)
    place = mean = float(np.mean(data))

    def spread(number: float) -> list[Any]:
        return [np.full(40, number), data]

    for _ in range(8):
        slope = float(np.sum(expect_array(gradient(*spread(place)), shape=(40,))))
        reached = [place, *(place - np.sign(slope) * 8 / 2.0 ** np.arange(12))]
        found = [
            expect_number(cost) for cost in loss.each([spread(element) for element in reached])
        ]
        if np.argmin(found) == 0:
            break
        place = reached[int(np.argmin(found))]
    expect(
        abs(place - center) < abs(mean - center),
        "a descent by your gradient ends no nearer to the center than the mean is",
        advice="A tenth of the data are outliers, all on one side: how hard do they pull?",
    )
