"""A look at what the learner's functions returned, before anything is drawn of it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lab.widget.error_panel import Unusable

MODERATE = 1e100  # what is below, even squared and summed, stays below the largest float64


def shaped(
    value: Any,
    shape: tuple[int, ...],
    function: str,
    what: str = "an array",
    given: Sequence[ArrayLike] = (),
) -> NDArray[np.float64]:
    """Return `value` as an array of floats of this shape.

    Parameters
    ----------
    value : any
        What the learner's function returned.
    shape : tuple of int
        The shape that it should have.
    function : str
        The function's name, for the sentence.
    what : str
        What it should have returned, for the sentence.
    given : sequence of arrays, optional
        What the function was given; with moderate numbers it has no reason to return nan or inf.

    Raises
    ------
    Unusable
        If it is None, not made of numbers, of another shape, or not finite without a reason; the
        sentence says which.

    Examples
    --------
    >>> shaped([1, 2], (2,), "SGD.update").tolist()
    [1.0, 2.0]
    """
    expected = f"expected {what}, shape {shape}"
    array = _numbers(value, function, expected, " that is not an array of numbers")
    if array.shape != shape:
        raise Unusable(f"`{function}` returned an array of shape {array.shape}; {expected}.")
    if given and not np.isfinite(array).all() and all(map(moderate, given)):
        raise strange(function, array, ", although all that it was given is finite")
    return array


def moderate(values: ArrayLike) -> bool:
    """Whether all values are finite, and small enough to be computed with.

    Examples
    --------
    >>> moderate([1.0, -1e6]), moderate([1.0, float("nan")]), moderate(1e200)
    (True, False, False)
    """
    return bool(np.all(np.abs(values) < MODERATE))


def strange(function: str, values: NDArray[np.float64], when: str) -> Unusable:
    """The exception that says that nan or inf came, and when."""
    name = "nan" if np.isnan(values).any() else "inf"
    return Unusable(
        f"`{function}` returned {name}{when}. Does it divide by 0, or take the root or the "
        "logarithm of a number that has none?"
    )


def check_growth(path: NDArray[np.float64], function: str) -> None:
    """Do nothing if the rows of `path` are finite, or grew large before they were not.

    Raises
    ------
    Unusable
        If a row is nan or infinite although those before it were moderate: `function` made it so.

    Examples
    --------
    >>> check_growth(np.array([[1.0], [1e120], [np.inf], [np.nan]]), "gradient_descent")
    """
    at = np.flatnonzero(~np.isfinite(path).all(axis=1))
    if at.size and moderate(path[: at[0]]):
        when = f" in step {at[0]}, although all before is finite" if at[0] else " as the start"
        raise strange(function, path[at[0]], when)


def as_number(value: Any, function: str) -> float:
    """Return `value` as a float; it may be nan or infinite.

    Parameters
    ----------
    value : any
        What the learner's function returned.
    function : str
        The function's name, for the sentence.

    Raises
    ------
    Unusable
        If it is None, or not one number.

    Examples
    --------
    >>> as_number(np.float64(2.5), "distance")
    2.5
    """
    array = _numbers(value, function, "expected a number")
    if array.shape != ():
        raise Unusable(
            f"`{function}` returned an array of shape {array.shape}; expected one number."
        )
    return float(array)


def text_of(value: Any, function: str, words: Sequence[str]) -> str:
    """Return `value`, which should be one of some words, if it is text at all.

    Raises
    ------
    Unusable
        If it is not text.

    Examples
    --------
    >>> text_of("stuck", "diagnose", ("converged", "stuck"))
    'stuck'
    """
    if value is None:
        raise Unusable(f"`{function}` returned None; expected a word. Is a `return` absent?")
    if not isinstance(value, str):
        expected = ", ".join(f'"{word}"' for word in words)
        raise Unusable(
            f"`{function}` returned a {type(value).__name__}; expected one of {expected}."
        )
    return str(value)


def one_of(words: Sequence[str], value: Any, function: str) -> str:
    """Return `value`, which is one of some words; `Unusable` if it is another.

    Examples
    --------
    >>> one_of(("too low", "too high"), "too low", "judge_learning_rate")
    'too low'
    """
    text = text_of(value, function, words)
    if text not in words:
        expected = ", ".join(f'"{word}"' for word in words)
        raise Unusable(f'`{function}` returned "{text[:40]}"; expected one of {expected}.')
    return text


def _numbers(value: Any, function: str, expected: str, but: str = "") -> NDArray[np.float64]:
    """`value` as an array of any shape; `but` says more of something that is none."""
    if value is None:
        raise Unusable(f"`{function}` returned None; {expected}. Is a `return` absent?")
    try:
        return np.asarray(value, float)
    except (TypeError, ValueError):
        raise Unusable(
            f"`{function}` returned a {type(value).__name__}{but}; {expected}."
        ) from None


def alike(mine: Any, right: Any) -> bool:
    """Whether two answers of the learner's and the reference's code agree, up to rounding.

    Examples
    --------
    >>> alike(([1.0, 0.1 + 0.2], {"verdict": "stuck"}), ([1.0, 0.3], {"verdict": "stuck"}))
    True
    >>> alike([1.0, None], [1.0, 2.0])
    False
    """
    if isinstance(right, Mapping):
        return set(mine) == set(right) and all(alike(mine[name], right[name]) for name in right)
    if isinstance(right, list | tuple):
        return len(mine) == len(right) and all(map(alike, mine, right))
    if isinstance(right, np.ndarray):
        near = 1e-6 * np.max(np.abs(right), initial=0.0)
        return mine.shape == right.shape and np.allclose(mine, right, rtol=1e-3, atol=near)
    if isinstance(right, float) and isinstance(mine, float):
        return bool(np.isclose(mine, right, rtol=1e-3, atol=1e-9))
    return bool(mine == right)
