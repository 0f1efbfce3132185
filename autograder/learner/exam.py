"""An exam: a check says what is written, and nothing of what holds.

A file beside ``course/`` makes a folder an exam. It is a rule of the house and no lock: whoever
takes the file away on a computer of their own has an ordinary lesson.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from autograder.grading.results import CriterionResult, ExerciseResult, SubmissionResult
from autograder.sandbox.outcomes import Outcome

EXAM = "exam.txt"
WITHHELD = "withheld"  # the name of the one criterion that is left of an exercise
NOTICE = (
    "This folder is an exam. While it is here, checks say whether a function is written and its "
    "module can be imported, and no more; what holds comes with the feedback.\n"
)
LATER = "This is an exam: what holds and what does not comes with the feedback."


def is_exam(root: Path) -> bool:
    """Whether a learner's folder is an exam."""
    return (root / EXAM).is_file()


def withheld(result: SubmissionResult) -> SubmissionResult:
    """What may be shown of a result in an exam."""
    reasons = dict(result.not_imported)
    exercises = tuple(withheld_exercise(exercise, reasons) for exercise in result.exercises)
    return replace(result, exercises=exercises, score=None, bonus=0.0, printed="")


def withheld_exercise(
    result: ExerciseResult, not_imported: Mapping[str, str] | None = None
) -> ExerciseResult:
    """What may be shown of an exercise: that it is not written or not imported, or that it is."""
    first = result.criteria[0] if result.criteria else None
    unwritten = result.outcome is Outcome.NOT_WRITTEN
    shown = Outcome.NOT_WRITTEN if unwritten else Outcome.NOT_RUN
    message = first.message if first is not None and unwritten else LATER
    if reason := (not_imported or {}).get(result.module):
        message = f"course/{result.module}.py cannot be imported: {reason}"
    criterion = CriterionResult(
        WITHHELD, "is written", 0.0, passed=False, outcome=shown, hidden=False, message=message
    )
    return replace(result, score=0.0, max_score=0.0, outcome=shown, criteria=(criterion,))


def is_withheld(result: ExerciseResult) -> bool:
    """Whether a result is one of an exam."""
    return bool(result.criteria) and result.criteria[0].name == WITHHELD
