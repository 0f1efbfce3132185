"""Criteria: ordinary pytest functions, each checking one thing about one exercise."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partialmethod


class CriterionKind(StrEnum):
    """The five kinds of criteria."""

    EXAMPLE = "worked example"
    LAW = "law"
    REFERENCE = "reference"
    ORDER = "counts and order"
    CONVERGENCE = "convergence"


@dataclass(frozen=True)
class Criterion:
    """One thing that is checked about one exercise.

    Its function takes `student`; `random` where it draws inputs, which then differ from student to
    student; and `exercise_random` where all criteria of the exercise get the same draws.
    """

    name: str  # the function's without ``test_``
    exercise: str
    points: float
    title: str  # a sentence about behavior that completes "The function …"
    kind: CriterionKind
    needs: tuple[str, ...]  # names of criteria of the same exercise that must hold first
    function: Callable[..., None]

    @property
    def hidden(self) -> bool:
        """Whether feedback must not show its inputs."""
        return self.kind is CriterionKind.REFERENCE

    @property
    def draws(self) -> bool:
        """Whether the check draws random inputs."""
        return self._takes("random")

    @property
    def draws_together(self) -> bool:
        """Whether the check draws the inputs that all criteria of its exercise draw."""
        return self._takes("exercise_random")

    def _takes(self, name: str) -> bool:
        code = inspect.unwrap(self.function).__code__
        return name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]

    @property
    def varies(self) -> bool:
        """Whether its inputs are not the same for all students of all assignments."""
        return self.draws or self.draws_together


Declare = Callable[[Callable[..., None]], Callable[..., None]]


class Criteria:
    """The criteria of one exercise, written one after the other with a decorator for each kind.

    A decorator takes the points and the title, and names in `needs` what must hold first: the first
    criterion of the exercise, unless it says otherwise. See `Criterion`.

    Examples
    --------
    >>> sigmoid = Criteria("sigmoid")
    >>> @sigmoid.example(0.5, "turns a logit of 0 into 0.5")
    ... def test_sigmoid_of_zero(student):
    ...     expect_number(student.losses.sigmoid(0), 0.5)
    >>> @sigmoid.law(0.25, "takes plain numbers and nested lists, and keeps their shape")
    ... def test_sigmoid_of_lists(student):
    ...     expect_array(student.losses.sigmoid([[0]]), [[0.5]])
    >>> test_sigmoid_of_lists.criterion.needs
    ('sigmoid_of_zero',)
    """

    def __init__(self, exercise: str) -> None:
        self.exercise = exercise
        self._first: tuple[str, ...] = ()

    def _declare(
        self,
        kind: CriterionKind,
        points: float,
        title: str,
        needs: tuple[str, ...] | None = None,
    ) -> Declare:
        def declare(function: Callable[..., None]) -> Callable[..., None]:
            name = function.__name__.removeprefix("test_")
            required = self._first if needs is None else needs
            self._first = self._first or (name,)
            declared = Criterion(name, self.exercise, points, title, kind, required, function)
            function.criterion = declared  # type: ignore[attr-defined]
            return function

        return declare

    # The figures of the lesson; what has to hold whatever the figures: shape, symmetry, what is
    # refused; a comparison on fresh inputs, which feedback never shows; which functions are called
    # how often, and in which order; what has to converge, and how fast.
    example = partialmethod(_declare, CriterionKind.EXAMPLE)
    law = partialmethod(_declare, CriterionKind.LAW)
    reference = partialmethod(_declare, CriterionKind.REFERENCE)
    order = partialmethod(_declare, CriterionKind.ORDER)
    convergence = partialmethod(_declare, CriterionKind.CONVERGENCE)
