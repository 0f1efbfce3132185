"""Functions of what is expected, and of the arguments, that learners return in its place."""

from collections.abc import Callable

import numpy as np

from autograder.diagnosis.relations.pairs import Pair, close
from autograder.expectations import Array

Predict = Callable[["Pair"], Array | None]
Relation = tuple[str, Predict, bool]  # whether a single number is enough to believe it


def _positive(function: Callable[[Array], Array]) -> Predict:
    return lambda pair: function(pair.expected) if np.all(pair.expected > 0) else None


def _summed(axis: int) -> Predict:
    return lambda pair: (
        pair.got if pair.got.ndim and close(pair.got.sum(axis=axis), pair.expected) else None
    )


def _rounded(digits: int) -> Predict:
    return lambda pair: np.round(pair.expected, digits)


ROUNDED: tuple[Relation, ...] = (
    *(
        (f"It is rounded to {digits} digits after the point: return it as it is.", each, False)
        for digits, each in enumerate(map(_rounded, range(7)))
    ),
    (
        "The fractions are cut off: whole numbers slipped in (`//`, `int`, an array of integers).",
        lambda pair: np.trunc(pair.expected),
        False,
    ),
)
FUNCTIONS_OF_EXPECTED: tuple[Relation, ...] = (
    (
        "It is the absolute value of the expected result: the sign gets lost.",
        lambda pair: np.abs(pair.expected),
        True,
    ),
    (
        "Its size is right and its sign is not always: take `abs` of it.",
        lambda pair: pair.got if close(np.abs(pair.got), pair.expected) else None,
        True,
    ),
    (
        "It is 1 minus the expected result: a sign is turned round, or the opposite is counted.",
        lambda pair: 1 - pair.expected,
        False,
    ),
    (
        "It is the square of the expected result: a root is missing, or a square is too many.",
        lambda pair: pair.expected**2,
        False,
    ),
    ("It is the root of the expected result: leave the root out.", _positive(np.sqrt), True),
    (
        "It is 1 over the expected result: numerator and denominator have changed places.",
        _positive(lambda expected: 1 / expected),
        False,
    ),
    ("It is the logarithm of the expected result.", _positive(np.log), True),
    (
        "It is the exponential of the expected result.",
        lambda pair: np.exp(np.minimum(pair.expected, 700)),
        True,
    ),
    (
        "It is the expected result transposed: swap the two factors, or use `.T`.",
        lambda pair: pair.expected.T,
        False,
    ),
    (
        "The numbers are right, in another shape: the shapes of the arguments say which.",
        lambda pair: (
            pair.expected.reshape(pair.got.shape) if pair.got.size == pair.expected.size else None
        ),
        True,
    ),
    (
        "It is the expected result in reverse order.",
        lambda pair: pair.expected[::-1] if pair.expected.ndim else None,
        False,
    ),
    *((f"The sum over axis {axis} is still to be taken.", _summed(axis), True) for axis in (0, -1)),
    (
        "It is the sum of the expected elements: keep them apart, without a sum.",
        lambda pair: pair.expected.sum() if pair.expected.size > 1 else None,
        False,
    ),
    (
        "Every element is the sum of all expected ones: treat each by itself.",
        lambda pair: np.full(pair.expected.shape, pair.expected.sum()),
        False,
    ),
    (
        "Every element is the sum of the expected ones of its row: treat each element by itself, "
        "not a whole row.",
        lambda pair: (
            pair.expected.sum(axis=-1, keepdims=True) + 0 * pair.expected
            if pair.expected.ndim > 1
            else pair.expected
        ),
        False,
    ),
    (
        "It is the mean of the expected elements: keep them apart, without a mean.",
        lambda pair: pair.expected.mean() if pair.expected.size > 1 else None,
        False,
    ),
    (
        "It is the expected result, added up along the first axis: nothing is to be added up.",
        lambda pair: np.cumsum(pair.expected, axis=0) if pair.expected.ndim else None,
        False,
    ),
)
FUNCTIONS_OF_ARGUMENTS: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("It is `{}`, unchanged.", lambda x: x),
    ("It is the sum of `{}`.", lambda x: np.asarray(x.sum())),
    ("It is the mean of `{}`.", lambda x: np.asarray(x.mean())),
    ("It is the largest element of `{}`.", lambda x: np.asarray(x.max(initial=-np.inf))),
    ("It is the length of `{}`, its Euclidean norm.", lambda x: np.asarray(np.sqrt((x * x).sum()))),
    ("It is the square of `{}`.", lambda x: x * x),
    ("It is the root of `{}`.", lambda x: np.sqrt(np.abs(x))),
    ("It is the absolute value of `{}`.", np.abs),
    ("It is `{}` with the opposite sign.", lambda x: -x),
    ("It is the sign of `{}`: 1, 0 or −1.", np.sign),
    ("It says where `{}` is positive, 1 or 0.", lambda x: np.where(x > 0, 1.0, 0.0)),
    ("It is the exponential of `{}`.", lambda x: np.exp(np.minimum(x, 700))),
    ("It is the logarithm of `{}`.", lambda x: np.log(np.where(x > 0, x, np.nan))),
    ("It is tanh of `{}`: tanh runs from −1 to 1.", np.tanh),
    ("It is the sigmoid of `{}`, each element for itself.", lambda x: 1 / (1 + np.exp(-x))),
    ("It is `{}` transposed.", lambda x: x.T),
    ("It is `{}` divided by its sum.", lambda x: x / x.sum()),
    (
        "Each entry is the mean of all entries of `{}` so far.",
        lambda x: np.cumsum(x) / np.arange(1, x.size + 1),
    ),
    (
        "It is `{}` with each row divided by its sum.",
        lambda x: x / x.sum(axis=-1, keepdims=True) if x.ndim else x,
    ),
)
FUNCTIONS_OF_TWO: tuple[tuple[str, Callable[[Array, Array], Array]], ...] = (
    (
        "It is the mean over the rows of what `{0}` holds where `{1}` is 1.",
        lambda x, y: np.mean((x * y).sum(axis=-1)),
    ),
    (
        "It is the share of all single elements in which `{0}`, rounded, and `{1}` are equal: "
        "compare row by row.",
        lambda x, y: np.mean(np.round(x) == y),
    ),
)
MOVED = ("weights", "start")
STEPS: tuple[tuple[str, Callable[[Array, Array], Array]], ...] = (
    (
        "It is the step alone: `{}` itself is missing, and the step is to be taken from it.",
        lambda start, expected: expected - start,
    ),
    (
        "It is the step alone: subtract it from `{}`.",
        lambda start, expected: start - expected,
    ),
    (
        "`{}` is moved the opposite way: subtract, not add.",
        lambda start, expected: 2 * start - expected,
    ),
)
COMBINED: tuple[tuple[str, Callable[[Array, Array], Array]], ...] = (
    ("`{}` is added to the expected result: it is one too many.", lambda x, y: x + y),
    ("It is the expected result times `{}`: it is a factor too many.", lambda x, y: x * y),
)
