"""The text that a learner reads about one criterion: what is so, the likely cause, the next step.

Five lines at most: the call, what came and what was expected, the cause, where to read on. A hidden
criterion's message never shows its inputs or values.
"""

import difflib
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checking.criterion import Criterion
from autograder.checking.expectations import NOTHING, Unmet
from autograder.checking.judge import Judgment
from autograder.checking.transcript import Call
from autograder.checking.value_text import (
    MAX_LINE,
    MAX_NUMBERS,
    format_call,
    format_value,
    printable,
    shown,
)
from autograder.diagnosis.diagnose import Cause
from autograder.exercises.manifest import Exercise
from autograder.exercises.registry import Mistake
from autograder.grading.module_errors import meant_name, unreadable_lines, while_loading
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded

UNREPAIRED = "Find the bug in `{}`, repair it in course/{}.py, and save the file."


def message_for(
    judgment: Judgment,
    exercise: Exercise,
    mistake: Mistake | None,
    cause: Cause | None = None,
    *,
    files: Mapping[str, bytes] | None = None,
    printed: str = "",
) -> str:
    """What to tell the learner about one criterion; empty where it holds.

    Parameters
    ----------
    judgment : Judgment
        How the criterion ended.
    exercise : Exercise
        What it belongs to.
    mistake : Mistake or None
        The known mistake that explains it.
    cause : Cause or None
        Else what is known of the cause; of a known mistake, its line.
    files : mapping, optional
        The submission's files, for what only they show.
    printed : str, optional
        What the call printed while it returned nothing.
    """
    error = judgment.error
    if error is None:
        unrepaired = judgment.outcome is Outcome.NOT_WRITTEN
        return UNREPAIRED.format(exercise.name, exercise.module) if unrepaired else ""
    if isinstance(error, NotThere):
        return _missing(error, exercise)
    if isinstance(error, Raised):
        return _raised(error, judgment, exercise, mistake, cause, files or {})
    if isinstance(error, SessionEnded):
        return _ended(error, judgment)
    assert isinstance(error, Unmet)
    lines = []
    if not judgment.criterion.hidden:
        lines += _call_lines(judgment)
    lines += _comparison(error, hidden=judgment.criterion.hidden)
    if printed:
        lines.append(f"You printed {printable(printed, 80)} but returned nothing: use `return`.")
    elif mistake is not None:
        lines += [_of_line(mistake.says, cause), f"Read: {mistake.read}."]
    else:
        said = error.advice
        explains = cause is not None and (cause.shows or (cause.place and cause.text))
        if cause is not None and (explains or not (said or _same_numbers(error))):
            said = cause.said(cause.text)
        lines += [said] if said else []
    return "\n".join(_short(line) for line in lines[:5])


def cause_in(message: str, judgment: Judgment, mistake: Mistake | None, cause: Cause | None) -> str:
    """The sentence of a message that says why; empty where none does.

    What a learner's own exception says is none.
    """
    said = [_of_line(mistake.says, cause)] if mistake else []
    said += [cause.said(cause.text)] if cause else []
    if isinstance(judgment.error, Unmet):
        finding = judgment.error.finding
        theirs = " is raised when " in finding and not finding.startswith("nothing ")
        said += [] if theirs else [judgment.error.advice]
    lines = message.split("\n")
    return next((short for sentence in said if (short := _short(sentence)) and short in lines), "")


def _of_line(says: str, cause: Cause | None) -> str:
    """What a known mistake says, of the learner's line where it is known."""
    return cause.said(f"{cause.text} {says}".strip()) if cause else says


def _same_numbers(error: Unmet) -> bool:
    """Whether the numbers are as expected: then a sentence about values would be false."""
    try:
        got, expected = (np.asarray(value, dtype=complex) for value in (error.got, error.expected))
    except (TypeError, ValueError, OverflowError):
        return False
    return bool(np.array_equal(got, expected, equal_nan=True))


def not_run_message(needed: Criterion, outcome: Outcome) -> str:
    """Why a criterion was not run."""
    if outcome in (Outcome.FAILED, Outcome.NOT_RUN, Outcome.RAISED):
        return f"This is checked once the one it builds on holds: “{needed.title}”."
    return f"This was not run: the check before it ended with “{outcome}”."


def _call_lines(judgment: Judgment) -> list[str]:
    call = judgment.call
    if call is None:
        return []
    if call.kind == "call":
        text = format_call(call.target, call.arguments, call.keywords)
        number = _number_on_object(call, judgment.transcript)
        return [f"{text}, call number {number} on this object" if number > 1 else text]
    return [f"{call.target}(…), called {len(call.arguments[-1])} times"]


def _number_on_object(call: Call, transcript: list[Call]) -> int:
    """Which call of a method this is on its object: what an object remembers may matter."""
    number = 0
    for event in transcript:
        if event.target == call.target:
            number += 1
        elif "." not in event.target:  # another object is made, or a function called
            number = 0
        if event is call:
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
    if got.shape != expected.shape or got.size <= MAX_NUMBERS:
        return [f"Expected {shown(expected)}, got {shown(got)}."]
    with np.errstate(all="ignore"):
        off = ~np.isclose(got.astype(float), expected, rtol=1e-6, atol=1e-9, equal_nan=True)
    first = tuple(int(index) for index in np.argwhere(off)[0]) if off.any() else (0,) * got.ndim
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
    judgment: Judgment,
    exercise: Exercise,
    mistake: Mistake | None,
    cause: Cause | None,
    files: Mapping[str, bytes],
) -> str:
    if error.not_written:
        return _unwritten(error, exercise)
    if unreadable := unreadable_lines(error, files):
        return "\n".join(_short(line) for line in unreadable)
    loading = while_loading(error)  # the same for whatever is called first
    lines = [] if judgment.criterion.hidden or loading else _call_lines(judgment)
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
        lines += [_of_line(mistake.says, cause), f"Read: {mistake.read}."]
    elif sentence := meant_name(error, files) or (cause.said(cause.text) if cause else ""):
        lines.append(sentence)
    return "\n".join(_short(line) for line in lines[:5])


def _unwritten(error: Raised, exercise: Exercise) -> str:
    """What is not written; of a class, which method still stands as it was made."""
    where = f"course/{exercise.module}.py"
    said = f"Write `{exercise.name}` in {where}, and save the file."
    if error.frames:
        _, line, function, _ = error.frames[-1]
        if function not in (exercise.name, "<module>", ""):
            said += (
                f" `{printable(str(function))}` still raises NotImplementedError in line {line}."
            )
    return said


def _ended(error: SessionEnded, judgment: Judgment) -> str:
    lines = [] if judgment.criterion.hidden else _call_lines(judgment)
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
    return printable(line, 2 * MAX_LINE)
