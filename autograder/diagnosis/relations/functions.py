"""What learners return instead: functions of what is expected, and of the arguments.

Each is an equation that comes true, between what was returned, `r`, what was expected, `y`, and one
or two arguments, `x` and `z`.
"""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from types import CodeType

import numpy as np

from autograder.checking.expectations import Array
from autograder.diagnosis.relations.pairs import Pairs, close, shared_inputs, telling, wrong_in

MOVED = ("weights", "start")  # arguments that a step is taken from
Equations = Mapping[str, str]  # with what to say where they come true

ENTRIES = {
    "r = y[1:]": "The first entry is missing, and the rest is right: the start belongs to the "
    "result.",
    "r = y[:-1]": "The last entry is missing, and the rest is right: go one step further.",
    "r[:-1] = y": "There is one entry too many at the end, and the rest is right: stop one step "
    "earlier.",
    "r[1:] = y": "There is one entry too many at the start, and the rest is right.",
    "r = y[-1]": "It is only the last entry: return all of them, the earlier ones too.",
    "r = np.broadcast_to(y[-1], y.shape)": "Every entry is the last one: the same array is in "
    "every place, and changes with each step. Make a new one at each step, or keep a copy.",
    "r[max(0, len(r) - len(y)) :] = y": "The expected entries are all there, with others before "
    "them: leave those out.",
    "r[: len(y)] = y": "The expected entries are all there, with others after them: leave those "
    "out.",
}
# A result of another shape needs no further evidence, …
OF_SHAPES = {
    "r.ravel() = y.ravel()": "The numbers are right, in another shape: the shapes of the arguments "
    "say which.",
    **{
        f"r.{mean}({axis}) = y": f"The {mean} over {what} is still to be taken."
        for axis, what in (("axis=0", "axis 0"), ("axis=-1", "axis -1"), ("", "all elements"))
        for mean in ("sum", "mean")
    },
    "r = y.sum()": "It is the sum of the expected elements: keep them apart, without a sum.",
    "r = y.mean()": "It is the mean of the expected elements: keep them apart, without a mean.",
}
# … these need two calls, or several numbers, …
CERTAIN = {
    "r = np.abs(y)": "It is the absolute value of the expected result: the sign gets lost.",
    "np.abs(r) = y": "Its size is right and its sign is not always: take `abs` of it.",
    "r = np.sqrt(y)": "It is the root of the expected result: leave the root out.",
    "r = np.log(y)": "It is the logarithm of the expected result.",
    "r = np.exp(np.minimum(y, 700))": "It is the exponential of the expected result.",
}
# … and these come true by chance more often.
POSSIBLE = {
    "r = 1 - y": "It is 1 minus the expected result: a sign is turned round, or the opposite is "
    "counted.",
    "r = y ** 2": "It is the square of the expected result: a root is missing, or a square is too "
    "many.",
    "r = 1 / y": "It is 1 over the expected result: numerator and denominator have changed places.",
    "r = y.T": "It is the expected result transposed: swap the two factors, or use `.T`.",
    "r = y[::-1]": "It is the expected result in reverse order.",
    "r = y.sum() + 0 * y": "Every element is the sum of all expected ones: treat each by itself.",
    "r = y.sum(axis=-1, keepdims=True) + 0 * y": "Every element is the sum of the expected ones of "
    "its row: treat each element by itself, not a whole row.",
    "r = np.cumsum(y, axis=0)": "It is the expected result, added up along the first axis: nothing "
    "is to be added up.",
    **{
        f"r = y.{mean}(axis={axis})": f"It is the {mean} of the expected result over axis {axis}: "
        "leave that axis."
        for mean in ("sum", "mean")
        for axis in (0, 1)
    },
    "r.min() = y": "The expected number is the smallest of these: return only that.",
    "r.max() = y": "The expected number is the largest of these: return only that.",
    "r.ravel()[-1] = y": "The expected number is the last of these: return only that.",
    "r[1:] = y[:-1]": "It is one step late: each entry is where the one before it belongs.",
    "r[:-1] = y[1:]": "It is one step early: each entry is where the one after it belongs.",
    "np.sort(r.ravel()) = np.sort(y.ravel())": "The numbers are right, in another order.",
}
ROUNDED = {
    f"r = np.round(y, {digits})": f"It is rounded to {digits} digits after the point: return it as "
    "it is."
    for digits in range(7)
} | {
    "r = np.trunc(y)": "The fractions are cut off: whole numbers slipped in (`//`, `int`, an array "
    "of integers)."
}
OF_ARGUMENT = {
    "r = x": "It is `{}`, unchanged.",
    "r = x.sum()": "It is the sum of `{}`.",
    "r = x.mean()": "It is the mean of `{}`.",
    "r = x.max()": "It is the largest element of `{}`.",
    "r = np.sqrt((x * x).sum())": "It is the length of `{}`, its Euclidean norm.",
    "r = x * x": "It is the square of `{}`.",
    "r = np.sqrt(np.abs(x))": "It is the root of `{}`.",
    "r = np.abs(x)": "It is the absolute value of `{}`.",
    "r = -x": "It is `{}` with the opposite sign.",
    "r = np.sign(x)": "It is the sign of `{}`: 1, 0 or −1.",
    "r = np.where(x > 0, 1.0, 0.0)": "It says where `{}` is positive, 1 or 0.",
    "r = np.exp(np.minimum(x, 700))": "It is the exponential of `{}`.",
    "r = np.log(x)": "It is the logarithm of `{}`.",
    "r = np.tanh(x)": "It is tanh of `{}`: tanh runs from −1 to 1.",
    "r = 1 / (1 + np.exp(-x))": "It is the sigmoid of `{}`, each element for itself.",
    "r = x.T": "It is `{}` transposed.",
    "r = x / x.sum()": "It is `{}` divided by its sum.",
    "r = np.cumsum(x) / np.arange(1, x.size + 1)": "Each entry is the mean of all entries of `{}` "
    "so far.",
    "r = x / x.sum(axis=-1, keepdims=True)": "It is `{}` with each row divided by its sum.",
}
OF_TWO_ARGUMENTS = {
    "r = np.mean((x * z).sum(axis=-1))": "It is the mean over the rows of what `{}` holds where "
    "`{}` is 1.",
    "r = np.mean(np.round(x) == z)": "It is the share of all single elements in which `{}`, "
    "rounded, and `{}` are equal: compare row by row.",
}
OF_BOTH = {
    "r = y + x": "`{}` is added to the expected result: it is one too many.",
    "r = y * x": "It is the expected result times `{}`: it is a factor too many.",
}
STEPS = {
    "r = y - x": "It is only the step: `{}` itself is missing, and the step is to be taken from "
    "it.",
    "r = x - y": "It is only the step: subtract it from `{}`.",
    "r = 2 * x - y": "`{}` is moved the opposite way: subtract, not add.",
}


def function_of_entries(pairs: Pairs) -> str | None:
    """What is returned are the expected entries except for some, or with some more."""
    return _first_true(pairs, ENTRIES)


def function_of_expected(pairs: Pairs) -> str | None:
    """What is returned is a function of what is expected."""
    believable = telling(pairs)
    certain = CERTAIN if believable or len(pairs) > 1 else {}
    return _first_true(pairs, OF_SHAPES | certain | (POSSIBLE if believable else {}))


def rounded(pairs: Pairs) -> str | None:
    """What is returned is what is expected, rounded."""
    something = any(np.any(pair.got) for pair in wrong_in(pairs))
    return _first_true(pairs, ROUNDED) if something and telling(pairs) else None


def function_of_an_argument(pairs: Pairs) -> str | None:
    """What is returned is a function of an argument, perhaps together with what is expected."""
    names = shared_inputs(pairs)
    if not telling(pairs):  # no two numbers are an argument by chance
        several = all(pair.got.size > 1 for pair in pairs)
        same = (_first_true(pairs, {"r = x": OF_ARGUMENT["r = x"]}, name) for name in names)
        return next(filter(None, same), None) if several else None
    for first, second in pairwise(names):
        shapes = {pair.inputs[first].shape == pair.inputs[second].shape for pair in pairs}
        if shapes == {True} and (said := _first_true(pairs, OF_TWO_ARGUMENTS, first, second)):
            return said
    for name in names:
        both = OF_BOTH | STEPS if name in MOVED else OF_BOTH
        same_shape = all(pair.inputs[name].shape == pair.expected.shape for pair in pairs)
        said = _first_true(pairs, OF_ARGUMENT | both if same_shape else OF_ARGUMENT, name)
        if said:
            return said
    return None


def _first_true(pairs: Pairs, equations: Equations, *names: str) -> str | None:
    """The sentence on the first equation that comes true in all pairs."""
    values = [
        {"r": pair.got, "y": pair.expected}
        | {letter: pair.inputs[name] for letter, name in zip("xz", names, strict=False)}
        for pair in pairs
    ]
    for equation, says in equations.items():
        found = [_where_true(equation, value) for value in values]
        if all(count is not None for count in found) and any(found):
            return says.format(*names)
    return None


def _where_true(equation: str, values: dict[str, Array]) -> int | None:
    """In how many finite elements an equation comes true; None where it does not."""
    try:
        left, right = (np.asarray(eval(side, {"np": np}, values)) for side in _sides(equation))  # noqa: S307 - our own tables
    except (IndexError, TypeError, ValueError):
        return None  # not defined for these shapes
    if "x" in values and left.ndim and right.shape[1:] == left.shape[1:] and right.ndim:
        right = right[max(0, len(right) - len(left)) :]  # a result may begin later
    return int(np.isfinite(right).sum()) if close(left, right) else None


@cache
def _sides(equation: str) -> tuple[CodeType, CodeType]:
    left, right = equation.split(" = ")
    return compile(left, equation, "eval"), compile(right, equation, "eval")
