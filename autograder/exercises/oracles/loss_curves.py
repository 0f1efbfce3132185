"""Loss curves of known verdicts, drawn: each kind turns on one thing that a rule has to look at.

A curve of each kind is decided by that one thing, so that only a rule which looks at it tells them
apart; which verdict comes when is drawn. Of 24 verdicts that are equally likely, taking turns gets
all right once in 16 million times.
"""

from typing import Any

import numpy as np

CASES = 24
HIGH, LOW, RIGHT = "too high", "too low", "just right"
Verdicts = list[tuple[list[float], str]]
Truths = list[tuple[tuple[Any, ...], bool]]
Words = list[tuple[tuple[Any, ...], str]]
Stops = list[tuple[tuple[Any, ...], list[int]]]


def short_curve(random: np.random.Generator, *, settled: bool) -> list[float]:
    """Four to nine losses that fall, and at the end no longer or by a tenth of the drop or more."""
    count = int(random.integers(4, 10))
    losses = np.sort(random.uniform(2, 5, count))[::-1]
    losses[0] = random.uniform(6, 9)
    losses[-1] = losses[-2] if settled else losses[-2] - random.uniform(1, 1.9)
    return [float(loss) for loss in losses]


def broken_curves(random: np.random.Generator) -> Verdicts:
    """Curves that are broken somewhere, or nowhere."""
    curves = []
    for _ in range(CASES):
        settled, broken = bool(random.integers(2)), bool(random.integers(2))
        losses = short_curve(random, settled=settled)
        if broken:
            losses[random.integers(len(losses))] = float(random.choice([np.nan, np.inf, -np.inf]))
        curves.append((losses, HIGH if broken else RIGHT if settled else LOW))
    return curves


def curves_by_their_ends(random: np.random.Generator) -> Verdicts:
    """Curves that rise above their first loss on the way, and end above, at or below it."""
    curves = []
    for _ in range(CASES):
        end = int(random.integers(4))
        losses = short_curve(random, settled=end == 0)
        losses[int(random.integers(1, len(losses) - 2))] = float(random.uniform(9, 20))
        if end == 2:
            losses[-1] = losses[0]
        if end == 3:
            losses[-1] = losses[0] + float(random.uniform(0.5, 5))
        curves.append((losses, (RIGHT, LOW, LOW, HIGH)[end]))
    return curves


def long_curves(random: np.random.Generator) -> Verdicts:
    """Curves of 30 to 69 steps whose drop within the last tenth of the steps, rounded down, counts.

    They end at 0. Those that still fall do so in the first step of that tenth; the others fell in
    the step before it. Every other length makes a tenth of the losses one more than of the steps.
    """
    curves = []
    for number in random.permutation(CASES):
        tail = int(random.integers(3, 7))
        steps = 10 * tail + (9 if number % 2 else int(random.integers(9)))
        falling = bool(random.integers(2))
        top, part = float(random.uniform(50, 150)), float(random.uniform(0.002, 0.008))
        losses = np.full(steps + 1, 0.3 * top)
        losses[0], losses[-1] = top, 0.0
        losses[-1 - tail : -1] = part * top
        if falling:
            losses[-1 - tail] = random.uniform(0.02, 0.2) * top
        curves.append((losses.tolist(), LOW if falling else RIGHT))
    return curves


def small_drops(random: np.random.Generator) -> Verdicts:
    """Short curves above a floor that is far from 0, whose last drop is near 1 % of the whole."""
    curves = []
    for _ in range(CASES):
        floor = float(random.choice([-1, 1]) * random.uniform(500, 900))
        drop, falling = float(random.uniform(5, 20)), bool(random.integers(2))
        part = float(random.uniform(0.013, 0.03) if falling else random.uniform(0.003, 0.007))
        losses = [floor + drop * share for share in (1.0, random.uniform(0.1, 0.4), part, 0.0)]
        curves.append(([float(loss) for loss in losses], LOW if falling else RIGHT))
    return curves


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


def flat_curves(random: np.random.Generator) -> Truths:
    """Curves that are flat all along, some of them too short for the window."""
    cases: Truths = []
    for enough in random.integers(2, size=CASES):
        window = int(random.integers(2, 9))
        count = window + 1 if enough else int(random.integers(1, window + 1))
        cases.append((([float(random.uniform(1, 9))] * count, window), bool(enough)))
    return cases


def changes_at_the_border(random: np.random.Generator) -> Truths:
    """Curves that change by a tolerance exactly, or by half as much again; powers of 2 are exact.

    Some are below zero, where the older loss is not its own size.
    """
    cases: Truths = []
    for within in random.integers(2, size=CASES):
        then = float(random.choice([-1, 1]) * 2.0 ** random.integers(-2, 6))
        tolerance = float(random.choice([0.5, 0.25, 0.125]))
        change = float(random.choice([-1, 1])) * tolerance * then * (1 if within else 1.5)
        cases.append((([9.0, then, then + change], 1, tolerance), bool(within)))
    return cases


def curves_by_their_last_loss(random: np.random.Generator) -> Words:
    """Curves whose last loss says whether they diverge, whatever came before; none is low enough.

    Those that do not diverge bounce above their start on the way, hold a nan there, or end above
    the loss before the last.
    """
    cases: Words = []
    for way in random.integers(4, size=CASES):
        losses = random.uniform(1, 2, int(random.integers(5, 9)))
        losses[0] = random.uniform(3, 4)
        if way == 0:
            losses[-1] = losses[0] + random.uniform(0.1, 2)
        elif way == 1:
            losses[-1] = random.choice([np.nan, np.inf, -np.inf])
        elif way == 2:
            losses[-2:] = losses[-3] * np.array([0.3, 0.6])
        else:
            losses[-1] = losses[-3]
        if way > 1:
            losses[1] = random.choice([np.nan, np.inf, 9.0])
        word = ("diverging", "diverging", "still improving", "stuck")[way]
        cases.append(((losses.tolist(), 0.25, 2), word))
    return cases


def curves_by_their_target(random: np.random.Generator) -> Words:
    """Curves that fall, or are flat at, above or below their target; some end where they began."""
    cases: Words = []
    for way in random.integers(6, size=CASES):
        losses = random.uniform(1, 2, int(random.integers(4, 7)))
        losses[0] = random.uniform(3, 4)
        flat = way < 4
        losses[-1] = losses[-3] * (1.0 if flat else random.uniform(0.3, 0.9))
        if random.integers(3) == 0 and flat:
            losses[:] = losses[-1]
        share = (0.5, 0.5, 1.0, 2.0, 0.5, 2.0)[way]
        word = ("converged" if share >= 1 else "stuck") if flat else "still improving"
        cases.append(((losses.tolist(), float(losses[-1]) * share, 2), word))
    return cases


def stop_of(improved: list[bool], patience: int) -> list[int]:
    """The best epoch and the stop of a run, if it is known which epochs improve."""
    text = "".join("x" if better else "." for better in improved)
    run = text.find("." * patience, 1)
    stop = len(text) - 1 if run < 0 else run + patience - 1
    return [max(text.rfind("x", 0, stop + 1), 0), stop]


def runs_with_patience(random: np.random.Generator) -> Stops:
    """Runs whose epochs improve clearly or not at all; some losses are nan or infinite.

    One is long and flat, with a patience above 256: Python's smaller integers are shared objects.
    """
    many = int(random.integers(260, 400))
    cases: Stops = [(([float(random.uniform(1, 9))] * (many + 9), many), [0, many])]
    for _ in range(2 * CASES):
        patience, losses, improved = int(random.integers(1, 5)), [9.0], [True]
        for _ in range(int(random.integers(0, 14))):
            best = losses[np.flatnonzero(improved)[-1]]
            improved.append(bool(random.integers(3) == 0))
            if improved[-1]:
                losses.append(best - float(random.uniform(0.1, 0.5)))
            else:
                strange = [np.nan, np.inf][int(random.integers(2))]
                worse = best + float(random.uniform(0.1, 3))
                losses.append(strange if random.integers(5) == 0 else worse)
        cases.append(((losses, patience), stop_of(improved, patience)))
    return cases


def runs_with_small_improvements(random: np.random.Generator) -> Stops:
    """Runs whose losses are lower than the best by a little less than is asked, that, or more.

    All numbers are multiples of 1/1024, so that borders are exact; some runs creep down slowly.
    """
    cases: Stops = []
    for _ in range(2 * CASES):
        asked = int(random.integers(2, 200)) / 1024
        losses, improved = [float(random.integers(20, 40))], [True]
        for _ in range(int(random.integers(6, 12))):
            best = losses[np.flatnonzero(improved)[-1]]
            more = int(random.integers(4))
            improved.append(more > 1)
            part = 1 / 1024 if more == 2 else asked
            losses.append(best - asked + (asked / 2, 0.0, -part, -part)[more])
        patience = int(random.integers(len(losses), 20))
        cases.append(((losses, patience, asked), stop_of(improved, patience)))
    return cases
