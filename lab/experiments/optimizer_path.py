"""The way of two weights under one of the learner's optimizers."""

from collections.abc import Callable
from typing import Any

import numpy as np

from lab.data import Array
from lab.widget.returned_values import shaped

UPDATED = "the new weights"


def path_of(
    optimizer: Any, name: str, start: Any, steps: int, gradient: Callable[[Array, int], Any]
) -> Array:
    """Return the weights before each step and after the last, shape (steps + 1, 2).

    `gradient` gets the weights and the number of the step; `name` is the optimizer's, for messages.

    Raises
    ------
    Unusable
        If ``update`` returns something other than two numbers.
    """
    path = np.empty((steps + 1, 2))
    path[0] = start
    for k in range(steps):
        moved = optimizer.update(path[k].copy(), np.asarray(gradient(path[k], k)))
        path[k + 1] = shaped(moved, (2,), f"{name}.update", UPDATED)
    return path
