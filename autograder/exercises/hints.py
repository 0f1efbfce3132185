"""The hint ladders: for each exercise a nudge, the idea, and nearly the code.

``descent hint`` climbs them one step at a time. No step holds a line that could be pasted as it
is: the last bit of thinking stays with the learner.
"""

from collections.abc import Mapping
from types import MappingProxyType

from autograder.exercises.hints import (
    gradient_descent,
    learning_rate,
    loss_curves,
    losses,
    optimizers,
    training,
    welcome,
)

__all__ = ["HINTS"]

HINTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    welcome.HINTS
    | losses.HINTS
    | gradient_descent.HINTS
    | learning_rate.HINTS
    | optimizers.HINTS
    | training.HINTS
    | loss_curves.HINTS
)
