"""The learner's ``print``, silent while an experiment runs their code.

An experiment calls a function hundreds of times a second, partly ahead of need. What it prints
would bury the notebook, and beyond a certain rate the server drops messages, the experiment's own
among them. The learner's modules are therefore loaded with `printed` instead of ``print``; where
learners call their functions themselves, in a cell, it prints as before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Inside this block, in this thread, `printed` prints nothing."""
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)


def printed(*values: Any, **options: Any) -> None:
    """Print as ``print`` does, except inside `quiet`.

    Examples
    --------
    >>> printed("step", 3)
    step 3
    >>> with quiet():
    ...     printed("step", 4)
    """
    if not _QUIET.get():
        print(*values, **options)
