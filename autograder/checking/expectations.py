"""What a check expects of a returned value; each raises `Unmet` with a finding where it is not so.

Values are judged in the order in which a learner can act on them: nothing returned, type, shape,
dtype, finiteness, and only then the numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.checking.student import Function, LearnerObject
from autograder.checking.transcript import Observation
from autograder.sandbox.outcomes import Raised
from autograder.sandbox.session import Verdict

RTOL, ATOL = 1e-6, 1e-9  # the contract's tolerances: see the notes on each check for tighter ones
Array = NDArray[np.float64]
NOTHING = object()
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


class Unmet(Verdict):
    """An expectation that does not hold.

    The finding says what is so, in one sentence without any value. The values that were compared
    are shown unless the criterion is hidden. The advice is the next step, where the finding does
    not say it.
    """

    def __init__(
        self, finding: str, got: Any = NOTHING, expected: Any = NOTHING, advice: str = ""
    ) -> None:
        super().__init__(finding)
        self.finding, self.got, self.expected, self.advice = finding, got, expected, advice


def expect(condition: object, finding: str, *, got: Any = NOTHING, advice: str = "") -> None:
    """Expect a condition to hold; the finding says what is so where it does not."""
    if not condition:
        raise Unmet(finding, got=got, advice=advice)


def expect_number(
    returned: Any, expected: float | None = None, *, rtol: float = RTOL, atol: float = ATOL
) -> float:
    """Expect one real number, equal to `expected` within tolerance where that is given."""
    number = _number(returned, expected)
    if expected is None:
        return number
    target = float(expected)
    if np.isfinite(target) and not np.isfinite(number):
        raise Unmet(f"the result is {number}", returned, target)
    if not np.isclose(number, target, rtol=rtol, atol=atol, equal_nan=True):
        raise Unmet("the result has another value", returned, target)
    return number


def expect_array(
    returned: Any,
    expected: ArrayLike | None = None,
    *,
    shape: tuple[int, ...] | None = None,
    rtol: float = RTOL,
    atol: float = ATOL,
) -> Array:
    """Expect a numeric array of a shape, equal to `expected` within tolerance where given."""
    target = None if expected is None else np.asarray(expected, dtype=float)
    wanted = shape if target is None else target.shape
    if wanted == () and not isinstance(returned, np.ndarray):
        returned = np.asarray(expect_number(returned))
    _expect_type(returned, np.ndarray, "an array", _shown(target), _for_list(returned, target))
    return _compare(returned, target, wanted, rtol, atol)


def expect_numbers(
    returned: Any,
    expected: ArrayLike | None = None,
    *,
    length: int | None = None,
    rtol: float = RTOL,
    atol: float = ATOL,
) -> Array:
    """Expect a sequence of numbers (list, tuple or array), equal to `expected` where given."""
    target = None if expected is None else np.asarray(expected, dtype=float)
    shape = None if length is None else (length,)
    wanted = shape if target is None else target.shape
    _expect_something(returned, _shown(target))
    if isinstance(returned, (list, tuple)):
        returned = np.asarray([_number(number, None) for number in returned], dtype=float)
    _expect_type(returned, np.ndarray, "a sequence of numbers")
    return _compare(returned, target, wanted, rtol, atol)


def expect_sequence(returned: Any, length: int, of: str) -> list[Any]:
    """Expect a sequence of so many parts; `of` says what they are."""
    _expect_type(returned, (list, tuple), f"{length} parts: {of}")
    if len(returned) != length:
        raise Unmet(f"the result has {len(returned)} parts, expected {length}: {of}")
    return list(returned)


def expect_object(returned: Any, of: str) -> LearnerObject:
    """Expect an object that stays in the learner's process; `of` says what it is."""
    _expect_type(returned, LearnerObject, of)
    found: LearnerObject = returned
    return found


def expect_text(returned: Any, expected: str) -> None:
    """Expect a string."""
    _expect_type(returned, str, "a string", expected)
    if returned != expected:
        raise Unmet("the result is another answer", returned, expected)


def expect_truth(returned: Any, expected: bool) -> None:
    """Expect True or False."""
    _expect_type(returned, (bool, np.bool_), "True or False", expected)
    if bool(returned) is not expected:
        raise Unmet("the result is the other of True and False", bool(returned), expected)


def expect_unchanged(observed: Observation, arguments: Sequence[Any]) -> None:
    """Expect that a call left its arguments as they were."""
    for number, (before, after) in enumerate(zip(arguments, observed.arguments, strict=True)):
        if isinstance(before, (np.ndarray, list)) and not _unchanged(before, after):
            raise Unmet(
                f"the call changed its {ORDINALS[number]} argument",
                after,
                before,
                "Work on a new array: `a = a - b` makes one, `a -= b` writes into the caller's.",
            )


def expect_each(
    function: Function,
    cases: Sequence[tuple[tuple[Any, ...], Any]],
    expectation: Callable[[Any, Any], object],
) -> None:
    """Expect what a function returns for each case: pairs of its arguments and what is expected.

    It is called with all of them before the first is judged, so that a wrong answer shows whole and
    can be told from others; the case that fails is called again, to be the one that is shown.
    """
    function.ahead([arguments for arguments, _ in cases])
    returned = [function(*arguments) for arguments, _ in cases]
    for (arguments, expected), result in zip(cases, returned, strict=True):
        try:
            expectation(result, expected)
        except Unmet:
            expectation(function(*arguments), expected)
            raise


def expect_in_turn(
    function: Function,
    cases: Sequence[tuple[tuple[Any, ...], Any]],
    expectation: Callable[[Any, Any], object],
    **keywords: Any,
) -> None:
    """Expect what a function returns for each case, one after the other, up to the first failure.

    The calls are noted one by one, and travel in one exchange, with what was announced before.
    """
    function.ahead([arguments for arguments, _ in cases], keywords=keywords)
    for arguments, expected in cases:
        expectation(function(*arguments, **keywords), expected)


def expect_fresh(
    function: Function,
    cases: Sequence[tuple[tuple[Any, ...], Any]],
    expectation: Callable[[Any, Any], object],
) -> None:
    """Expect what a function returns for each of many drawn cases, asked in one exchange.

    The case that fails is called again by itself, to be the case that is shown.
    """
    returned = function.each([arguments for arguments, _ in cases])
    for (arguments, expected), result in zip(cases, returned, strict=True):
        try:
            expectation(result, expected)
        except Unmet:
            expectation(function(*arguments), expected)
            raise


@contextmanager
def expect_raises(
    kind: type[Exception], situation: str, mentions: Sequence[str] = ()
) -> Iterator[None]:
    """Expect the calls in this block to raise an exception of a kind, with texts in its message.

    The situation completes "is raised when", as in "the shapes differ".
    """
    name = kind.__name__
    try:
        yield
    except Raised as raised:
        if raised.not_written and kind is not NotImplementedError:
            raise
        if name not in raised.kinds:
            finding = f"{raised.kind} is raised when {situation}, expected {name}"
            raise Unmet(finding, advice=raised.message[:200]) from None
        missing = [text for text in mentions if text not in raised.message]
        if missing:
            listed = ", ".join(repr(text) for text in missing)
            raise Unmet(f"the message of the {name} does not name {listed}") from None
    else:
        raise Unmet(
            f"nothing is raised when {situation}, expected {name}",
            advice=f"Test for it before anything else, and `raise {name}(...)` with a sentence.",
        )


def _expect_something(returned: Any, expected: Any) -> None:
    if returned is None:
        advice = "Is there a `return` at the end of every path through the function?"
        raise Unmet("the function returns None", None, expected, advice)


def _expect_type(
    returned: Any,
    types: type | tuple[type, ...],
    of: str,
    expected: Any = NOTHING,
    advice: str = "",
) -> None:
    _expect_something(returned, expected)
    if not isinstance(returned, types):
        finding = f"the result is {_kind(returned)}, expected {of}"
        raise Unmet(finding, returned, expected, advice)


def _for_list(returned: Any, target: Array | None) -> str:
    """The next step where a list came instead of an array; none where its numbers are others."""
    if not isinstance(returned, (list, tuple)):
        return ""
    kind = _kind(returned)
    if target is None:
        return f"It is {kind}: work on the array, or return `np.array(…)`."
    try:
        values = np.asarray(returned, dtype=float)
    except (TypeError, ValueError, OverflowError):  # of several lengths, or not only numbers
        return ""
    if values.shape != target.shape or not np.allclose(values, target, RTOL, ATOL, equal_nan=True):
        return ""
    return f"The numbers are right, but it is {kind}: work on the array, or return `np.array(…)`."


def _number(returned: Any, expected: float | None) -> float:
    shown = NOTHING if expected is None else float(expected)
    if isinstance(returned, np.ndarray) and returned.dtype.kind in "iuf":
        if returned.ndim:
            finding = f"the result is an array of shape {returned.shape}, expected one number"
            raise Unmet(finding, returned, shown)
    else:
        types = () if isinstance(returned, bool) else (int, float, np.integer, np.floating)
        _expect_type(returned, types, "one number", shown)
    try:
        return float(returned)
    except OverflowError:
        raise Unmet("the result is too large for a float", NOTHING, shown) from None


def _compare(
    returned: np.ndarray[Any, Any],
    target: Array | None,
    shape: tuple[int | None, ...] | None,
    rtol: float,
    atol: float,
) -> Array:
    if shape is not None and returned.shape != shape:
        finding = f"the result has shape {returned.shape}, expected {shape}"
        raise Unmet(finding, returned, _shown(target))
    if returned.dtype.kind not in "iuf":
        finding = f"the result has dtype {returned.dtype}, expected float64"
        raise Unmet(finding, returned, _shown(target))
    values = returned.astype(float)
    if target is None:
        return values
    with np.errstate(all="ignore"):
        if np.all(np.abs(values - target) <= atol + rtol * np.abs(target)):
            return values
    if np.isfinite(target).all() and not np.isfinite(values).all():
        what = "nan" if np.isnan(values).any() else "inf"
        raise Unmet(f"the result holds {what}", returned, target)
    if not np.allclose(values, target, rtol=rtol, atol=atol, equal_nan=True):
        raise Unmet("the result has other values", returned, target)
    return values


def _kind(value: Any) -> str:
    if isinstance(value, LearnerObject):
        if value.kind == "MaskedArray":
            return "a masked array"
        return f"an object of class {value.kind}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _shown(target: Array | None) -> Any:
    return NOTHING if target is None else target


def _unchanged(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        return isinstance(after, np.ndarray) and np.array_equal(before, after, equal_nan=True)
    if isinstance(before, list):
        same_length = isinstance(after, list) and len(before) == len(after)
        return same_length and all(map(_unchanged, before, after))
    return not isinstance(after, np.ndarray) and bool(before == after)
