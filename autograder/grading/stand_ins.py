"""What the grader supplies in the place of a learner's own unfinished functions.

An exercise may build on an earlier one; where that one does not hold, the reference stands in, so
that one gap costs its points once. The reference runs in the grader: the learner's process gets a
function that asks for its values, never the code.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.exercises.registry import solution
from autograder.sandbox.session import Namespace


def supplied(module: str, names: Iterable[str]) -> dict[tuple[str, str], Any]:
    """Reference functions by module and name, to be called from the learner's process."""
    reference = solution(module)
    return {(module, name): _answering(getattr(reference, name)) for name in names}


def _answering(function: Any) -> Any:
    def answer(*arguments: Any, **keywords: Any) -> Any:
        result = function(*arguments, **keywords)
        if isinstance(result, (type(None), bool, int, float, str, list, tuple, np.ndarray)):
            return result
        if isinstance(function, type):
            return Namespace(update=result.update)  # an optimizer stays in the grader
        return list(result)  # a generator cannot cross; its items can

    answer.__name__ = function.__name__
    return answer
