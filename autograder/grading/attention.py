"""Which submissions a person should look at, and why: no zero is silent that may be a slip."""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from autograder.checking.judge import Judgment
from autograder.checking.value_text import printable
from autograder.grading.module_errors import conflict
from autograder.grading.results import ExerciseResult
from autograder.sandbox.outcomes import Outcome, Raised
from autograder.submissions.submission import Note, Submission

MAX_REASON = 200  # letters
NEWER = (  # Python's version, what its syntax looks like, and what an older one says of it
    ((3, 12), r"type \w+.* =|(def|class) \w+\[", r"invalid syntax|expected '[(:]'"),
    ((3, 12), r".*\b[rR]?[fF][rR]?[\"']", r"f-string|unterminated string|invalid syntax"),
    ((3, 14), r"except \w[\w.]*, ", r"multiple exception types must be parenthesized"),
    ((3, 14), r".*\b[rR]?[tT][rR]?[\"']", r"invalid syntax"),
)


def import_failure(judged: Sequence[Judgment], files: Mapping[str, bytes]) -> str:
    """Why the module of an exercise cannot be imported; empty where it can."""
    for judgment in judged:
        error = judgment.error
        if not isinstance(error, Raised):
            return ""
        at_import = not {"SyntaxError", "ImportError"}.isdisjoint(error.kinds)
        if error.frames:
            at_import = error.frames[0][2] in ("<module>", "")
        place = str(error.frames[-1][0]) if error.frames else ""
        if at_import and "SyntaxError" in error.kinds and (said := conflict(place, files)):
            return said
        if at_import:
            return f"{printable(error.kind)}: {printable(error.message, MAX_REASON)}" + _newer(
                error
            )
    return ""


def _newer(error: Raised) -> str:
    """Which Python would read a line, where it takes a newer one than the grader's."""
    line = str(error.frames[-1][3]) if error.frames else ""
    for version, written, said in NEWER:
        if sys.version_info < version and "SyntaxError" in error.kinds:
            if re.match(written, line) and re.search(said, error.message):
                newer, ours = (
                    ".".join(map(str, numbers[:2])) for numbers in (version, sys.version_info)
                )
                return f" (Python {newer} may read this line; the grader runs Python {ours})"
    return ""


def with_notes(
    exercises: Sequence[ExerciseResult], notes: Sequence[Note], not_imported: Mapping[str, str]
) -> list[ExerciseResult]:
    """Results whose messages name what may be meant, where an exercise is not there."""
    return [_with_notes(exercise, notes, not_imported) for exercise in exercises]


def _with_notes(
    exercise: ExerciseResult, notes: Sequence[Note], not_imported: Mapping[str, str]
) -> ExerciseResult:
    absent = exercise.outcome is Outcome.NOT_WRITTEN or exercise.module in not_imported
    said = [note.text for note in notes if note.about in (exercise.module, exercise.name)]
    if not absent or not said:
        return exercise
    criteria = [
        replace(criterion, message="\n".join([criterion.message, *said[:2]]))
        if criterion.message and criterion.outcome is exercise.outcome
        else criterion
        for criterion in exercise.criteria
    ]
    return replace(exercise, criteria=tuple(criteria))


def reasons_to_look(
    submission: Submission,
    exercises: Sequence[ExerciseResult],
    not_imported: Mapping[str, str],
    score: float,
    max_score: float,
) -> tuple[str, ...]:
    """Why a person should look at a submission; none where its points say all there is to say."""
    lacking = [exercise for exercise in exercises if not exercise.passed and exercise.max_score]
    unwritten = [exercise for exercise in lacking if exercise.outcome is Outcome.NOT_WRITTEN]
    about = {exercise.module for exercise in lacking} | {exercise.name for exercise in unwritten}
    about |= {""} if lacking else set()
    found = [
        f"course/{module}.py cannot be imported: {reason.rstrip('.')}."
        for module, reason in not_imported.items()
    ]
    found += [note.text for note in submission.notes if note.always or note.about in about]
    if not found and max_score and not score:
        found.append(f"0 points: {_nothing(submission, exercises)}")
    return tuple(dict.fromkeys(found))


def _nothing(submission: Submission, exercises: Sequence[ExerciseResult]) -> str:
    """What is behind a zero."""
    paths = list(dict.fromkeys(f"course/{exercise.module}.py" for exercise in exercises))
    if not any(path in submission.files for path in paths):
        return f"there is no {' or '.join(paths[:2])}."
    if all(exercise.outcome is Outcome.NOT_WRITTEN for exercise in exercises):
        return "nothing that is asked for is written."
    return "something is written, and nothing of it holds."
