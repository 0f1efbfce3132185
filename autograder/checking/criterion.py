"""Criteria: ordinary pytest functions, each checking one thing about one exercise."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
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
    kind : Kind
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
    kind: Kind
    needs: tuple[str, ...]
    function: Callable[..., None]

    @property
    def hidden(self) -> bool:
        """Whether feedback must not show its inputs."""
        return self.kind is Kind.REFERENCE

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


def criterion(
    exercise: str,
    *,
    points: float,
    title: str,
    kind: Kind,
    needs: tuple[str, ...] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a pytest function to be a criterion of an exercise; see `Criterion`."""

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        name = function.__name__.removeprefix("test_")
        declared = Criterion(name, exercise, points, title, kind, needs, function)
        function.criterion = declared  # type: ignore[attr-defined]
        return function

    return declare
