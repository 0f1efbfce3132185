"""What is shown of a hidden criterion: nothing in which a learner's code could write its inputs.

Shown is how it ended, what was found without any value of the learner's, the exception's class if
it is one of Python's own, and a line of the file as it was handed in.
"""

import builtins
import re
from collections.abc import Mapping
from dataclasses import replace

from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment
from autograder.diagnosis.diagnose import Cause
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded

PYTHONS_OWN = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
UNREADABLE = "UnreadableResult"
# What a finding may hold of the learner's: a class, a shape, a count, an exception.
LEARNERS_WORDS = (
    (r"an object of class \S+?(?=,|$)", "an object"),
    (r"has shape \([^)]*\), expected \([^)]*\)", "has another shape"),
    (r" of shape \([^)]*\)", ""),
    (r"has \d+ parts", "has another number of parts"),
    (r"^\S+ is raised when", "another exception is raised when"),
)
LONG_NUMBER = re.compile(r"\d\.\d\d|\d{3}")  # with room for more than a slip that is well known
ENDINGS = {
    Outcome.CRASHED: "the process ended",
    Outcome.PROTOCOL_VIOLATION: "what it sent is not an answer",
}


def without_inputs(judgment: Judgment, files: Mapping[str, bytes]) -> Judgment:
    """How a criterion ended, as it may be shown.

    Parameters
    ----------
    judgment : Judgment
        How it ended; that of an open criterion is returned as it is.
    files : mapping
        The submission as it was handed in: content by path.
    """
    error = judgment.error
    if not judgment.criterion.hidden or error is None:
        return judgment
    shown: Exception = error
    if isinstance(error, Unmet):
        finding = error.finding
        for pattern, instead in LEARNERS_WORDS:
            finding = re.sub(pattern, instead, finding)
        advice = "" if "is raised when" in finding else error.advice
        shown = Unmet(finding, advice=advice)
    elif isinstance(error, Raised):
        kind = next((kind for kind in error.kinds if kind in PYTHONS_OWN), "Exception")
        kinds = error.kinds if error.kinds == [UNREADABLE] else [kind]
        shown = Raised(kinds, "", _last_line(error, files))
    elif isinstance(error, NotThere):
        shown = NotThere(error.target, [""])  # what else there is, the learner's code can name
    elif isinstance(error, SessionEnded):
        shown = SessionEnded(error.outcome, ENDINGS.get(error.outcome, error.message))
    return replace(judgment, error=shown, transcript=[])


def cause_without_inputs(judgment: Judgment, cause: Cause | None) -> Cause | None:
    """A cause as it may be shown: with a long number it could tell what was asked."""
    hidden = judgment.criterion.hidden
    if cause is not None and hidden and not cause.shows and LONG_NUMBER.search(cause.text):
        return None
    return cause


def _last_line(error: Raised, files: Mapping[str, bytes]) -> list[list[object]]:
    """The frame of the last line that is in a file that was handed in, quoted from that file."""
    for path, line, *_ in reversed(error.frames):
        content = files.get(str(path))
        if content is None or not isinstance(line, int):
            continue
        lines = content.decode("utf-8", "replace").splitlines()
        if 1 <= line <= len(lines):
            return [[path, line, "", lines[line - 1].strip()]]
    return []
