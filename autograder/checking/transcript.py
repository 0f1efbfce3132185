"""What a criterion asked and what came back: the record that judgments are explained from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from autograder.protocol.operations import Operation

PLAIN = frozenset([type(None), bool, int, float, str])


class Event(NamedTuple):
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
    """A call seen from all sides."""

    result: Any
    arguments: tuple[Any, ...]  # as they were after the call
    keywords: dict[str, Any]
    shares_memory: bool  # whether the result does, with an argument
    warnings: list[str]  # that Python gave during the call


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """Operands with everything in their lists and dicts changed but plain numbers and texts."""
    if type(value) in (list, tuple):
        return type(value)(
            [item if type(item) in PLAIN else mapped(item, change) for item in value]
        )
    if type(value) is dict:
        return {name: mapped(item, change) for name, item in value.items()}
    return change(value)
