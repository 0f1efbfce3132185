"""Results as the ``results.json`` that Gradescope's autograders leave.

References
----------
Gradescope, Autograder Specifications, section "Output format",
https://gradescope-autograders.readthedocs.io/en/latest/specs/: either a score for the whole or one
for each test; tests have ``score``, ``max_score``, ``status``, ``name``, ``number``, ``output``.
"""

import math
from typing import Any

from autograder.grading.results import GRADED, CriterionResult, ExerciseResult, SubmissionResult


def gradescope_results(result: SubmissionResult) -> dict[str, Any]:
    """One submission's result for Gradescope: a test for each criterion.

    A bonus is among the tests, so it adds to the score that Gradescope shows. Hidden criteria show
    what they show everywhere: their name and a diagnosis, never their inputs.

    Parameters
    ----------
    result : SubmissionResult
        The result; without a score it becomes a score of 0 with the reason as its output.
    """
    made: dict[str, Any] = {
        "execution_time": math.ceil(result.seconds),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }
    if result.status != GRADED:
        return {**made, "score": 0.0, "output": result.reason or result.status, "tests": []}
    tests = [
        _test(exercise, criterion, f"{first}.{second}")
        for first, exercise in enumerate(result.exercises, start=1)
        for second, criterion in enumerate(exercise.criteria, start=1)
    ]
    return {**made, "output": "", "tests": tests}


def _test(exercise: ExerciseResult, criterion: CriterionResult, number: str) -> dict[str, Any]:
    return {
        "name": f"{exercise.name}: {criterion.title}",
        "number": number,
        "score": criterion.points if criterion.passed else 0.0,
        "max_score": criterion.points,
        "status": "passed" if criterion.passed else "failed",
        "output": "" if criterion.passed else criterion.message,
    }
