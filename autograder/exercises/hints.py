"""The hint ladders: for each exercise a nudge, the idea, and nearly the code.

``descent hint`` climbs them one step at a time. No step holds a line that could be pasted as it
is: the last bit of thinking stays with the learner.
"""

from collections.abc import Mapping
from types import MappingProxyType

from autograder.exercises.broken_runs import hints as broken_runs
from autograder.exercises.capstone import hints as capstone
from autograder.exercises.gradient_descent import hints as gradient_descent
from autograder.exercises.learning_rate import hints as learning_rate
from autograder.exercises.loss_curves import hints as loss_curves
from autograder.exercises.losses import hints as losses
from autograder.exercises.optimizers import hints as optimizers
from autograder.exercises.training import hints as training
from autograder.exercises.welcome import hints as welcome

__all__ = ["HINTS"]

HINTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    welcome.HINTS
    | losses.HINTS
    | gradient_descent.HINTS
    | learning_rate.HINTS
    | optimizers.HINTS
    | training.HINTS
    | loss_curves.HINTS
    | broken_runs.HINTS
    | capstone.HINTS
)
