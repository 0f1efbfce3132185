"""Criteria: ordinary pytest functions, each checking one thing about one exercise."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


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

    Attributes
    ----------
    name : str
        The check function's name without ``test_``.
    exercise : str
        The exercise that it belongs to.
    points : float
        What it is worth.
    title : str
        A sentence about behavior that completes "The function …".
    kind : CriterionKind
        Which of the five kinds it is; reference criteria are hidden.
    needs : tuple of str
        Names of criteria of the same exercise that must hold first.
    function : callable
        The check: takes `student`; `random` where it draws inputs, which then differ from student
        to student; and `common_random` where all students of an assignment get the same draws.
    """

    name: str
    exercise: str
    points: float
    title: str
    kind: CriterionKind
    needs: tuple[str, ...]
    function: Callable[..., None]

    @property
    def hidden(self) -> bool:
        """Whether feedback must not show its inputs."""
        return self.kind is CriterionKind.REFERENCE

    @cached_property
    def draws(self) -> bool:
        """Whether the check draws random inputs."""
        return "random" in inspect.signature(self.function).parameters

    @cached_property
    def draws_alike(self) -> bool:
        """Whether the check draws inputs that are the same for all students."""
        return "common_random" in inspect.signature(self.function).parameters

    @property
    def varies(self) -> bool:
        """Whether its inputs are not the same for all students of all assignments."""
        return self.draws or self.draws_alike


Declare = Callable[[Callable[..., None]], Callable[..., None]]


class Criteria:
    """The criteria of one exercise, written one after the other with a decorator for each kind.

    A decorator takes the points and the title, and names in `needs` what must hold first: the first
    criterion of the exercise, unless it says otherwise. See `Criterion`.

    Parameters
    ----------
    exercise : str
        The exercise.

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

    def example(self, points: float, title: str, needs: tuple[str, ...] | None = None) -> Declare:
        """Declare a worked example, with the figures of the lesson."""
        return self._declare(CriterionKind.EXAMPLE, points, title, needs)

    def law(self, points: float, title: str, needs: tuple[str, ...] | None = None) -> Declare:
        """Declare a law: shape, symmetry, what is finite, what is refused and what is unchanged."""
        return self._declare(CriterionKind.LAW, points, title, needs)

    def reference(self, points: float, title: str, needs: tuple[str, ...] | None = None) -> Declare:
        """Declare a comparison on fresh inputs, which feedback never shows."""
        return self._declare(CriterionKind.REFERENCE, points, title, needs)

    def order(self, points: float, title: str, needs: tuple[str, ...] | None = None) -> Declare:
        """Declare how often and in which order functions are to be called."""
        return self._declare(CriterionKind.ORDER, points, title, needs)

    def convergence(
        self, points: float, title: str, needs: tuple[str, ...] | None = None
    ) -> Declare:
        """Declare what has to converge, and how fast."""
        return self._declare(CriterionKind.CONVERGENCE, points, title, needs)

    def _declare(
        self, kind: CriterionKind, points: float, title: str, needs: tuple[str, ...] | None
    ) -> Declare:
        def declare(function: Callable[..., None]) -> Callable[..., None]:
            name = function.__name__.removeprefix("test_")
            required = self._first if needs is None else needs
            self._first = self._first or (name,)
            declared = Criterion(name, self.exercise, points, title, kind, required, function)
            function.criterion = declared  # type: ignore[attr-defined]
            return function

        return declare
