"""The text that a learner reads about one criterion: what is so, the likely cause, the next step.

Five lines at most: the call, what came and what was expected, the cause, where to read on. A hidden
criterion's message never shows its inputs or values.
"""

import difflib
from typing import Any

import numpy as np

from autograder.catalogue import Mistake
from autograder.criteria import Criterion
from autograder.exercises import Exercise
from autograder.expectations import NOTHING, Unmet
from autograder.judging import Judgement
from autograder.outcomes import NotThere, Outcome, Raised, SessionEnded
from autograder.protocol.values import Reference
from autograder.sandbox.session import Namespace
from autograder.student import Call, LearnerObject

MOST_LINE = 240
MOST_NUMBERS = 8


def message_for(
    judgement: Judgement, exercise: Exercise, mistake: Mistake | None, cause: str | None = None
) -> str:
    """What to tell the learner about one criterion; empty where it holds.

    Parameters
    ----------
    judgement : Judgement
        How the criterion ended.
    exercise : Exercise
        What it belongs to.
    mistake : Mistake or None
        The known mistake that explains it.
    cause : str or None
        Else a sentence on the cause.
    """
    error = judgement.error
    if error is None:
        return ""
    if isinstance(error, NotThere):
        return _missing(error, exercise)
    if isinstance(error, Raised):
        return _raised(error, judgement, exercise, mistake, cause)
    if isinstance(error, SessionEnded):
        return _ended(error, judgement)
    assert isinstance(error, Unmet)
    lines = []
    if not judgement.criterion.hidden:
        lines += _call_lines(judgement)
    lines += _comparison(error, hidden=judgement.criterion.hidden)
    if mistake is not None:
        lines += [mistake.says, f"Read: {mistake.read}."]
    else:
        said = error.advice or cause
        lines += [said] if said else []
    return "\n".join(_short(line) for line in lines[:5])


def not_run_message(needed: Criterion, outcome: Outcome) -> str:
    """Why a criterion was not run."""
    if outcome in (Outcome.FAILED, Outcome.NOT_RUN, Outcome.RAISED):
        return f"This is checked once the one it builds on holds: “{needed.title}”."
    return f"This was not run: the check before it ended with “{outcome}”."


def format_call(name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    """A call as it can be pasted back into Python."""
    parts = [format_value(each) for each in arguments]
    parts += [f"{key}={format_value(each)}" for key, each in keywords.items()]
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
        if len(value) > 2 * MOST_NUMBERS:
            return f"<{type(value).__name__} of {len(value)}>"
        inside = ", ".join(format_value(each) for each in value)
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


def printable(text: str, most: int = MOST_LINE) -> str:
    """Text of a learner with control characters taken out and cut to a length."""
    kept = "".join(char if char.isprintable() else " " for char in text[: most + 1])
    return kept if len(kept) <= most else kept[: most - 1] + "…"


def _format_array(array: np.ndarray[Any, Any]) -> str:
    if array.size > 3 * MOST_NUMBERS or (not array.size and array.ndim != 1):
        return f"<array of shape {array.shape}>"
    if array.dtype.kind not in "iufb":
        return printable(repr(array))

    def nested(part: Any) -> str:
        if np.ndim(part) == 0:
            return f"{part:.6g}" if array.dtype.kind == "f" else str(part)
        return "[" + ", ".join(nested(each) for each in part) + "]"

    return f"np.array({nested(array)})"


def _call_lines(judgement: Judgement) -> list[str]:
    call = judgement.call
    if call is None:
        return []
    if call.kind == "call":
        text = format_call(call.target, call.arguments, call.keywords)
        number = _number_on_object(call, judgement.transcript)
        return [f"{text}, call number {number} on this object" if number > 1 else text]
    return [f"{call.target}(…), called {len(call.arguments[-1])} times"]


def _number_on_object(call: Call, transcript: list[Call]) -> int:
    """Which call of a method this is on its object: what an object remembers may matter."""
    number = 0
    for each in transcript:
        if each.target == call.target:
            number += 1
        elif "." not in each.target:  # another object is made, or a function called
            number = 0
        if each is call:
            break
    return number if "." in call.target else 1


def _comparison(error: Unmet, *, hidden: bool) -> list[str]:
    finding = error.finding[:1].upper() + error.finding[1:] + "."
    if hidden or error.got is NOTHING or error.expected is NOTHING:
        return [finding]
    if error.got is None:
        return [f"{finding} Expected {shown(error.expected)}."]
    got, expected = shown(error.got), shown(error.expected)
    if isinstance(error.got, np.ndarray) and isinstance(error.expected, np.ndarray):
        return [finding, *_array_comparison(error.got, error.expected)]
    return [f"{finding} Expected {expected}, got {got}."]


def _array_comparison(got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]) -> list[str]:
    if got.shape != expected.shape or got.size <= MOST_NUMBERS:
        return [f"Expected {shown(expected)}, got {shown(got)}."]
    with np.errstate(all="ignore"):
        off = ~np.isclose(got.astype(float), expected, rtol=1e-6, atol=1e-9, equal_nan=True)
    first = tuple(int(each) for each in np.argwhere(off)[0]) if off.any() else (0,) * got.ndim
    place = ", ".join(map(str, first))
    return [
        f"At [{place}]: expected {format_value(expected[first])}, got {format_value(got[first])}"
        f" ({int(off.sum())} of {got.size} values differ)."
    ]


def _missing(error: NotThere, exercise: Exercise) -> str:
    names = [name for name in error.names if name != exercise.name]
    close = difflib.get_close_matches(exercise.name, names, n=1, cutoff=0.7)
    folded = {name.lower().replace("_", ""): name for name in names}
    near = close[0] if close else folded.get(exercise.name.lower().replace("_", ""))
    where = f"course/{exercise.module}.py"
    if near:
        return (
            f"There is no `{exercise.name}` in {where}, but there is a `{printable(near)}`.\n"
            f"Rename it to `{exercise.name}`."
        )
    if not error.names:
        return f"There is no {where}, or it is empty."
    return f"There is no `{exercise.name}` in {where}. Write it there under exactly this name."


def _raised(
    error: Raised,
    judgement: Judgement,
    exercise: Exercise,
    mistake: Mistake | None,
    cause: str | None,
) -> str:
    if error.not_written:
        return _unwritten(error, exercise)
    lines = [] if judgement.criterion.hidden else _call_lines(judgement)
    said = printable(error.message)
    lines.append(
        f"{printable(error.kind)}: {said}" if said else f"{printable(error.kind)} is raised."
    )
    if error.frames:
        path, line, function, source = error.frames[-1]
        place = f"{printable(str(path))}, line {line}"
        inside = f", in {printable(str(function))}" if function not in ("", "<module>") else ""
        lines.append(f"{place}{inside}: {printable(str(source), 120)}")
    if mistake is not None:
        lines += [mistake.says, f"Read: {mistake.read}."]
    elif cause:
        lines.append(cause)
    return "\n".join(_short(line) for line in lines[:5])


def _unwritten(error: Raised, exercise: Exercise) -> str:
    """What is not written; of a class, which method still stands as it was made."""
    where = f"course/{exercise.module}.py"
    said = f"`{exercise.name}` in {where} is not written yet."
    if error.frames:
        _, line, function, _ = error.frames[-1]
        if function not in (exercise.name, "<module>", ""):
            said += (
                f" `{printable(str(function))}` still raises NotImplementedError in line {line}."
            )
    return said


def _ended(error: SessionEnded, judgement: Judgement) -> str:
    lines = [] if judgement.criterion.hidden else _call_lines(judgement)
    if error.outcome is Outcome.NOT_RUN:
        return error.message
    text = {
        Outcome.TIMED_OUT: "The call was ended: {}. Look for a loop whose condition stays true.",
        Outcome.OUT_OF_MEMORY: "The memory was used up: {}.",
        Outcome.CRASHED: "The call did not come back: {}.",
        Outcome.PROTOCOL_VIOLATION: "The code interfered with the exchange of values: {}.",
    }[error.outcome].format(printable(error.message))
    return "\n".join(_short(line) for line in [*lines, text])


def _short(line: str) -> str:
    return printable(line, 2 * MOST_LINE)
