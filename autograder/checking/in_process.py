"""Our own modules (the solutions, the known mistakes) behind the interface of a session."""

from collections import deque
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checking.transcript import mapped
from autograder.protocol.learner_side import LoadedModules, NameMissing, describe
from autograder.protocol.operations import Operation
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import NotThere, Raised, SessionEnded
from autograder.sandbox.session import Verdict


class InProcessSession:
    """Performs the operations of a session in this process: for trusted code only.

    The folder is that of the modules' files, for the frames of exceptions; None for no frames.
    """

    def __init__(self, modules: dict[str, ModuleType], folder: str | None = "") -> None:
        self._modules = LoadedModules(modules=modules)
        self._folder = folder
        self._announced: deque[Sequence[Any]] = deque()

    ended: SessionEnded | None = None
    limits = Limits()
    kept = 0

    def keep_at_most(self, most: int) -> None:
        """Trusted code is not held to it."""

    def cpu_seconds(self) -> float:
        """Nothing of its own: it computes in this process."""
        return 0.0

    def perform(self, operation: Operation, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, untimed; see `autograder.sandbox.session.Session.perform`."""
        try:
            return self._modules.perform(operation, *mapped(operands, _copied))
        except NameMissing as missing:
            raise NotThere(".".join(map(str, operands[0])), missing.names) from None
        except Verdict:
            raise
        except Exception as error:
            raise Raised(*describe(error, self._folder)) from error

    def announce(self, operations: Sequence[Sequence[Any]], seconds: float | None = None) -> None:
        """Note what is to be done next."""
        self._announced = deque(operations)

    def following(self, seconds: float | None = None) -> Any:
        """Do the next of what was announced."""
        return self.perform(*self._announced.popleft())

    def settle(self) -> None:
        """Do no more of it."""
        self._announced.clear()

    def replace(self, module: str, name: str, function: object) -> None:
        """Put another function in place of one; see `perform`."""
        self.perform(Operation.REPLACE, module, name, function)

    def printed(self) -> str:
        """Nothing: trusted code prints to this process."""
        return ""

    def close(self) -> None:
        """Nothing to end."""


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value
