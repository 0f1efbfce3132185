"""How a criterion can end, and the exceptions that carry an ending from a session to the grade."""

from enum import StrEnum
from typing import TypeVar

from autograder.refused import Refused

E = TypeVar("E", bound=Exception)


class Outcome(StrEnum):
    """The ten endings of a criterion. Only `PASSED` earns points; `GRADER_FAULT` sets no score."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_WRITTEN = "not written"
    NOT_RUN = "not run"
    RAISED = "raised"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    PROTOCOL_VIOLATION = "protocol violation"
    GRADER_FAULT = "grader fault"


class SessionEnded(Exception):
    """The learner's process is gone, or was ended because it broke a limit or the protocol."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome, self.message = outcome, message


class NotThere(Exception):
    """The module or the function that a criterion asks for does not exist in the submission."""

    def __init__(self, target: str, names: list[str]) -> None:
        super().__init__(f"{target} is not there")
        self.target, self.names = target, names


class Raised(Exception):
    """The learner's code raised an exception.

    Attributes
    ----------
    kinds : list of str
        Names of the exception's class and of those it derives from, nearest first.
    message : str
        Its text.
    frames : list
        ``[path, line, function, source]`` for each frame in the learner's own files.
    """

    def __init__(self, kinds: list[str], message: str, frames: list[list[object]]) -> None:
        super().__init__(f"{kinds[0] if kinds else 'Exception'}: {message}")
        self.kinds, self.message, self.frames = kinds, message, frames

    @property
    def kind(self) -> str:
        """Name of the exception's class."""
        return self.kinds[0] if self.kinds else "Exception"

    @property
    def not_written(self) -> bool:
        """Whether it is the exception of a stub."""
        return "NotImplementedError" in self.kinds


def without_frames(error: E) -> E:
    """The exception without its frames: what is kept for long must not keep all their values."""
    error.__traceback__ = error.__context__ = error.__cause__ = None
    return error


class SandboxUnavailable(Refused):
    """Submissions cannot be run safely on this machine; the message says what to do."""


class Unexplained(RuntimeWarning):
    """The search for a cause failed: the judgment stands, without an explanation.

    A fault of ours, and an error in the tests; but nobody's grade hangs on it.
    """
