"""Constant factors between two results, and what a learner did who is off by one of them."""

import math

import numpy as np

from autograder.expectations import Array

LOGARITHMS = {
    1 / math.log(2): "the natural logarithm is expected (`np.log`), not that of base 2",
    1 / math.log(10): "the natural logarithm is expected (`np.log`), not that of base 10",
}


def factor_between(got: Array, expected: Array) -> float | None:
    """The number that every expected value was multiplied by, if there is one other than 1."""
    if not np.isfinite(got).all() or not np.isfinite(expected).all() or not np.any(expected):
        return None
    largest = np.unravel_index(np.argmax(np.abs(expected)), expected.shape)
    factor = float(got[largest] / expected[largest])
    if expected.size == 1 and not _familiar(factor):
        return None
    if abs(factor - 1) < 1e-6:
        return None
    scale = float(np.abs(got).max()) or 1.0
    if np.allclose(got, factor * expected, rtol=1e-6, atol=1e-9 * scale):
        return factor
    return None


def name_factor(factor: float, expected: Array, inputs: list[Array]) -> str | None:
    """A sentence that names a factor by what it is the number of."""
    sizes = _sizes(expected, inputs)
    sign = "" if factor > 0 else ", with the opposite sign"
    size = abs(factor)
    for known, sentence in LOGARITHMS.items():
        if math.isclose(size, known, rel_tol=1e-6):
            return f"It is {size:.4g} × the expected result{sign}: {sentence}."
    for number, what in sizes.items():
        if number < 2:
            continue
        if math.isclose(size, number, rel_tol=1e-6):
            also = " (or a factor 2 is too many)" if number == 2 else ""
            return (
                f"It is {number} × the expected result{sign}, and {number} is {what}: "
                f"a mean is expected where a sum was taken{also}."
            )
        if math.isclose(size, 1 / number, rel_tol=1e-6):
            also = " (or a factor 2 is missing)" if number == 2 else ""
            return (
                f"It is the expected result divided by {number}{sign}, and {number} is {what}: "
                f"a sum is expected where a mean was taken, or it is divided twice{also}."
            )
    if math.isclose(size, 1, rel_tol=1e-6):
        return "It is the expected result with the opposite sign."
    for number, what in sizes.items():
        for other, that in sizes.items():
            if other > 1 and math.isclose(size, number / other, rel_tol=1e-6):
                return (
                    f"It is {number}/{other} of the expected result{sign}: it is divided by "
                    f"{that} ({other}), expected by {what} ({number})."
                )
    if math.isclose(size, 2, rel_tol=1e-6):
        return f"It is twice the expected result{sign}: a factor 2 is too many."
    if math.isclose(size, 0.5, rel_tol=1e-6):
        return f"It is half the expected result{sign}: a factor 2 is missing."
    if math.isclose(size, 100, rel_tol=1e-6):
        return f"It is 100 × the expected result{sign}: in percent, where a share is expected."
    return f"It is {factor:.6g} × the expected result: a constant factor is off."


def _familiar(factor: float) -> bool:
    """Whether one number alone is enough to believe in a factor: small whole ones and halves."""
    size = abs(factor)
    return any(
        math.isclose(size, each, rel_tol=1e-6)
        for number in range(2, 9)
        for each in (number, 1 / number)
    ) or any(math.isclose(size, each, rel_tol=1e-6) for each in LOGARITHMS)


def _sizes(expected: Array, inputs: list[Array]) -> dict[int, str]:
    """Numbers that a sum or a mean can be off by, with what they count."""
    found: dict[int, str] = {}
    for each in (*inputs, expected):
        if each.size > 1:
            found.setdefault(each.size, "the number of elements")
        if each.ndim > 1:
            found.setdefault(each.shape[0], "the number of rows")
            found.setdefault(each.shape[-1], "the number of columns")
    return found
