"""Structural comparison of what was returned with what was expected."""

from typing import Any

import numpy as np

from autograder.expectations import Unmet
from autograder.student import Call


def probable_cause(error: Unmet, call: Call | None) -> str | None:
    """A sentence that names the likely cause of an unmet expectation, or None.

    Parameters
    ----------
    error : Unmet
        The expectation, with the values compared.
    call : Call or None
        The call whose result was judged.
    """
    got, expected = _numbers(error.got), _numbers(error.expected)
    if got is None or expected is None or got.shape != expected.shape or not got.size:
        return None
    with np.errstate(all="ignore"):
        if np.allclose(got, -expected, rtol=1e-6, atol=1e-12) and np.any(expected):
            return "It is the expected result with the opposite sign."
    return None


def _numbers(value: Any) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    if isinstance(value, (int, float, np.ndarray, np.generic)) and not isinstance(value, bool):
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "iuf" else None
    return None
