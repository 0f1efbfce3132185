"""Losses and gradients that note where they are asked: for the order of calls in lesson 2."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checking.expectations import Array, expect
from autograder.checking.student import Student
from autograder.sandbox.session import Formula, Slope, Symbol, traced, with_formula


class Walk:
    """A function for the learner's code to call, which notes where it is called.

    Parameters
    ----------
    answer : callable
        What to return at a point.
    shape : tuple of int
        The shape of the points.
    what : str
        Which function it is, ``"loss"`` or ``"gradient"``.
    formula : Formula, optional
        What the learner's side may answer.

    Attributes
    ----------
    points : list of numpy.ndarray
        A copy of each point, in order.
    """

    def __init__(
        self,
        answer: Callable[[Array], Any],
        shape: tuple[int, ...],
        what: str,
        formula: Formula | None = None,
    ) -> None:
        self._answer, self._shape, self._what = answer, shape, what
        self.points: list[Array] = []
        if formula is not None:
            vars(self)[what] = with_formula(formula, getattr(self, what))

    def _at(self, weights: Any) -> Any:
        if self._shape or isinstance(weights, np.ndarray):
            kind = weights.dtype if isinstance(weights, np.ndarray) else type(weights).__name__
            expect(
                isinstance(weights, np.ndarray) and weights.dtype.kind == "f",
                f"{self._what} is called with weights of type {kind}, expected a float64 array",
                advice="`np.array(..., dtype=float)` makes one of a list of integers too.",
            )
        here = np.array(weights, dtype=float)
        expect(
            here.shape == self._shape,
            f"{self._what} is called with weights of shape {here.shape}, expected {self._shape}",
        )
        self.points.append(here)
        return self._answer(here.copy())

    def loss(self, weights: Any) -> float:
        """Answer as a loss."""
        return float(self._at(weights))

    def gradient(self, weights: Any) -> Any:
        """Answer as a gradient."""
        return self._at(weights)


def expect_no_other_calls(student: Student, noted: int, what: str) -> None:
    """Expect that the last call made no calls of functions but those that could be answered.

    A call with arguments that a function does not take ends in an error before it is noted, and
    the error can be caught; the student's transcript holds it all the same.
    """
    made = len(student.transcript[-1].events)
    expect(
        made <= noted,
        f"{what} is called {made} times, and only {noted} of them with arguments that it takes",
    )


def noted_loss(answer: Callable[[Array], Any], shape: tuple[int, ...]) -> Walk:
    """Return a loss that notes where it is called."""
    loss = traced(lambda w: Symbol("float", answer(w)), weights=shape)
    return Walk(answer, shape, "loss", loss)


def noted_gradient(answer: Callable[[Array], Any], shape: tuple[int, ...]) -> Walk:
    """Return a gradient that notes where it is called."""
    return Walk(answer, shape, "gradient", getattr(answer, "formula", None))


def noted_bowl(curvatures: Any, shape: tuple[int, ...]) -> Walk:
    """Return the gradient of a bowl around 0 that notes where it is called: see `Slope`."""
    return noted_gradient(with_formula(Slope(curvatures, np.zeros(shape))), shape)
