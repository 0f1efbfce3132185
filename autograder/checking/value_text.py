"""Values as text: in six digits, short enough for a line, and fit to be pasted back."""

from typing import Any

import numpy as np

from autograder.checking.student import LearnerObject
from autograder.protocol.codec import Reference
from autograder.sandbox.session import Namespace

MAX_LINE = 240
MAX_NUMBERS = 8


def format_call(name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    """A call as it can be pasted back into Python."""
    parts = [format_value(item) for item in arguments]
    parts += [f"{key}={format_value(item)}" for key, item in keywords.items()]
    return f"{name}({', '.join(parts)})"


def format_value(value: Any) -> str:
    """A value in six digits, short enough for a line."""
    if isinstance(value, np.ndarray):
        return _format_array(value)
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.6g}"
    if isinstance(value, (int, np.integer)):
        bits = int(value).bit_length()  # Python refuses to write out more than 4300 digits
        return str(int(value)) if bits <= 128 else f"<an integer of {bits} bits>"
    if isinstance(value, dict):
        return f"<dict of {len(value)}>"
    if isinstance(value, (list, tuple)):
        if len(value) > 2 * MAX_NUMBERS:
            return f"<{type(value).__name__} of {len(value)}>"
        inside = ", ".join(format_value(item) for item in value)
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, (Reference, LearnerObject)):
        return f"<{value.kind}>"
    if isinstance(value, Namespace):
        return "<" + ", ".join(value.functions) + ">"
    if callable(value):
        return str(getattr(value, "__name__", "function"))
    return printable(repr(value))


def shown(value: Any) -> str:
    """A value as it is compared in a message: an array without its call."""
    text = format_value(value)
    return text[len("np.array(") : -1] if text.startswith("np.array(") else text


def printable(text: str, most: int = MAX_LINE) -> str:
    """Text of a learner with control characters taken out and cut to a length."""
    kept = "".join(char if char.isprintable() else " " for char in text[: most + 1])
    return kept if len(kept) <= most else kept[: most - 1] + "…"


def _format_array(array: np.ndarray[Any, Any]) -> str:
    if array.size > 3 * MAX_NUMBERS or (not array.size and array.ndim != 1):
        return f"<array of shape {array.shape}>"
    if array.dtype.kind not in "iufb":
        return printable(repr(array))

    def nested(part: Any) -> str:
        if np.ndim(part) == 0:
            return f"{part:.6g}" if array.dtype.kind == "f" else str(part)
        return "[" + ", ".join(nested(item) for item in part) + "]"

    return f"np.array({nested(array)})"
