"""What a criterion asked and what came back: the record that judgments are explained from."""

from dataclasses import dataclass, field
from typing import Any

from autograder.protocol.operations import Operation


@dataclass(frozen=True)
class Event:
    """A call of one of the grader's functions by the learner's code."""

    name: str
    arguments: tuple[Any, ...]


@dataclass
class Call:
    """One request of a check and what came of it."""

    target: str
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]
    kind: Operation = Operation.CALL
    result: Any = None
    error: Exception | None = None
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Observation:
    """A call seen from all sides.

    Attributes
    ----------
    result : object
        What the function returned.
    arguments, keywords : tuple, dict
        The arguments as they were after the call.
    shares_memory : bool
        Whether the result shares memory with an argument.
    warnings : list of str
        The warnings that Python gave during the call.
    """

    result: Any
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]
    shares_memory: bool
    warnings: list[str]
