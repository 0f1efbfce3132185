"""Grading one submission after the other, in a grading process that stays alive between them."""

import atexit
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from autograder.batch.assignment import Assignment, unscored
from autograder.batch.grading_process import GradingProcess
from autograder.grading.results import UNREADABLE, SubmissionResult
from autograder.grading.version import grader_version
from autograder.nbgrader.cell_scores import Origin
from autograder.submissions.file_trees import Unreadable
from autograder.submissions.reading import Handed, read_submission

IDLE_SECONDS = 300.0


def graded_submission(
    folder: Path, student: str, assignment: Assignment
) -> tuple[SubmissionResult, Origin, Mapping[str, bytes]]:
    """Grade the modules of one submission, and return its files with the grade.

    Where it cannot be read, the grade has no score.

    Parameters
    ----------
    folder : Path
        The submission, which holds ``course/``.
    student : str
        Whose it is.
    assignment : Assignment
        The lesson, the course's secret, and what no submission may see.
    """
    try:
        submission = read_submission(Handed(student, folder))
    except Unreadable as reason:
        result = unscored(student, UNREADABLE, str(reason), assignment)
        return result, Origin("", grader_version()), {}
    result = grading_process(assignment).grade(submission)
    if result.student != student:
        raise RuntimeError(f"a result of {result.student} came back for {student}")
    return result, Origin(submission.digest, grader_version()), submission.files


@cache
def grading_process(assignment: Assignment) -> GradingProcess:
    """The process that grades an assignment for this one; it sleeps when there is nothing to do."""
    process = GradingProcess(assignment, IDLE_SECONDS)
    atexit.register(process.stop)
    while not process.ready:
        process.take()
    return process
